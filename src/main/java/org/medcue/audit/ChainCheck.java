package org.medcue.audit;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Goes through the trail from its first row and finds the first that cannot be believed. */
public final class ChainCheck {

  /** What was found. */
  public sealed interface Finding permits Whole, Broken {}

  /**
   * Nothing is wrong.
   *
   * @param rows how many there are
   * @param signedTo how far a signed head vouches for them; behind it only the chain does
   */
  public record Whole(long rows, long signedTo) implements Finding {}

  /**
   * The trail was tampered with.
   *
   * @param seq the first row that cannot be believed
   * @param what what is wrong with it
   */
  public record Broken(long seq, String what) implements Finding {}

  private final List<SignedHead> heads;
  private AuditHead last = new AuditHead(0, AuditRecord.GENESIS);

  private ChainCheck(List<SignedHead> heads) {
    this.heads = heads;
  }

  /**
   * @param rows the trail in order of {@code seq}
   * @param heads heads whose signatures were found good
   */
  public static Finding check(Stream<AuditRecord> rows, List<SignedHead> heads) {
    ChainCheck check = new ChainCheck(heads);
    Optional<Broken> broken = rows.flatMap(row -> check.row(row).stream()).findFirst();
    return broken.isPresent() ? broken.get() : check.end();
  }

  private Optional<Broken> row(AuditRecord row) {
    long expected = last.seq() + 1;
    if (row.seq() != expected) {
      return Optional.of(
          new Broken(expected, "it is missing, the next row there is has number " + row.seq()));
    }
    if (!row.hash().equals(row.computedHash())) {
      return Optional.of(new Broken(expected, "its content is not what was written"));
    }
    if (!row.previousHash().equals(last.hash())) {
      return Optional.of(
          new Broken(expected, "it does not continue the row before: one of the two was replaced"));
    }
    last = new AuditHead(row.seq(), row.hash());
    return heads.stream()
        .filter(head -> head.seq() == row.seq() && !head.hash().equals(row.hash()))
        .findFirst()
        .map(
            head ->
                new Broken(
                    row.seq(),
                    "the head signed at "
                        + head.signedAt()
                        + " knows another row here: rows up to it were rewritten"));
  }

  private Finding end() {
    long signedTo = heads.stream().mapToLong(SignedHead::seq).max().orElse(0);
    if (signedTo > last.seq()) {
      return new Broken(
          last.seq() + 1,
          "the tail was cut: a signed head knows rows up to " + signedTo + ", they are missing");
    }
    return new Whole(last.seq(), signedTo);
  }
}
