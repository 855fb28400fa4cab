package org.medcue.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.medcue.audit.ChainCheck.Broken;
import org.medcue.audit.ChainCheck.Finding;
import org.medcue.audit.ChainCheck.Whole;

class ChainCheckTest {

  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123456Z");
  private static final int ROWS = 20;

  private final List<AuditRecord> rows = trail(ROWS);

  private static List<AuditRecord> trail(int size) {
    List<AuditRecord> rows = new ArrayList<>();
    String previous = AuditRecord.GENESIS;
    for (int seq = 1; seq <= size; seq++) {
      AuditRecord row = row(seq, "{\"card\":\"" + seq + "\"}", previous);
      rows.add(row);
      previous = row.hash();
    }
    return rows;
  }

  private static AuditRecord row(long seq, String details, String previous) {
    return new AuditRecord(
            seq,
            NOW.plusSeconds(seq),
            "feedback",
            Optional.empty(),
            "client",
            Optional.of("north"),
            "Practitioner/1",
            Optional.of(new UUID(0, seq)),
            Optional.of("card/" + seq),
            details,
            previous,
            "")
        .sealed();
  }

  private static AuditRecord with(AuditRecord row, long seq, String details, String hash) {
    return new AuditRecord(
        seq,
        row.recordedAt(),
        row.action(),
        row.failure(),
        row.actorKind(),
        row.tenant(),
        row.actor(),
        row.subject(),
        row.entity(),
        details,
        row.previousHash(),
        hash);
  }

  private SignedHead head(int seq) {
    return new SignedHead(seq, rows.get(seq - 1).hash(), NOW, "");
  }

  private Finding check(SignedHead... heads) {
    return ChainCheck.check(rows.stream(), List.of(heads));
  }

  private void brokenAt(Finding finding, long seq, String what) {
    assertThat(finding).isInstanceOf(Broken.class);
    assertThat(((Broken) finding).seq()).isEqualTo(seq);
    assertThat(((Broken) finding).what()).contains(what);
  }

  @Test
  void untouchedTrailIsWhole() {
    assertThat(check(head(ROWS), head(3))).isEqualTo(new Whole(ROWS, ROWS));
    assertThat(check()).isEqualTo(new Whole(ROWS, 0));
  }

  @Test
  void emptyTrailIsWhole() {
    rows.clear();

    assertThat(check()).isEqualTo(new Whole(0, 0));
  }

  @Test
  void changedByteIsNamed() {
    AuditRecord row = rows.get(6);
    rows.set(6, with(row, row.seq(), "{\"card\":\"6\"}", row.hash()));

    brokenAt(check(head(ROWS)), 7, "not what was written");
  }

  @Test
  void changedRowWithItsHashMadeAnewIsNamedByTheNext() {
    AuditRecord row = rows.get(6);
    rows.set(6, row(row.seq(), "{\"card\":\"6\"}", row.previousHash()));

    brokenAt(check(head(ROWS)), 8, "does not continue");
  }

  @Test
  void deletedRowIsNamed() {
    SignedHead head = head(ROWS);
    rows.remove(6);

    brokenAt(check(head), 7, "missing, the next row there is has number 8");
  }

  @Test
  void deletedFirstRowIsNamed() {
    SignedHead head = head(ROWS);
    rows.remove(0);

    brokenAt(check(head), 1, "missing");
  }

  @Test
  void swappedRowsAreNamed() {
    AuditRecord seventh = rows.get(6);
    AuditRecord ninth = rows.get(8);
    rows.set(6, with(ninth, 7, ninth.details(), ninth.hash()));
    rows.set(8, with(seventh, 9, seventh.details(), seventh.hash()));

    brokenAt(check(head(ROWS)), 7, "not what was written");
  }

  @Test
  void rowsOutOfOrderAreNamed() {
    Collections.swap(rows, 6, 8);

    brokenAt(check(head(ROWS)), 7, "missing");
  }

  @Test
  void cutTailIsNamedByTheHead() {
    SignedHead head = head(ROWS);
    rows.subList(ROWS - 10, ROWS).clear();

    brokenAt(check(head), ROWS - 9, "the tail was cut");
    assertThat(check()).as("without a head nobody can know").isInstanceOf(Whole.class);
  }

  @Test
  void rewrittenTrailIsNamedByTheHead() {
    SignedHead head = head(ROWS);
    rows.clear();
    String previous = AuditRecord.GENESIS;
    for (int seq = 1; seq <= ROWS + 5; seq++) {
      AuditRecord row = row(seq, "{}", previous);
      rows.add(row);
      previous = row.hash();
    }

    brokenAt(check(head), ROWS, "rewritten");
  }

  @Test
  void absentFieldDiffersFromAnEmptyOne() {
    AuditRecord row = rows.get(0);
    AuditRecord emptied =
        new AuditRecord(
            row.seq(),
            row.recordedAt(),
            row.action(),
            Optional.of(""),
            row.actorKind(),
            row.tenant(),
            row.actor(),
            row.subject(),
            row.entity(),
            row.details(),
            row.previousHash(),
            row.hash());

    assertThat(emptied.computedHash()).isNotEqualTo(row.computedHash());
  }

  @Test
  void headIsSignedByItsKeyAlone() throws GeneralSecurityException {
    KeyPair ours = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    SignedHead head = SignedHead.sign(new AuditHead(3, "ab"), NOW, ours.getPrivate());

    assertThat(head.isSignedBy(ours.getPublic())).isTrue();
    assertThat(head.isSignedBy(other.getPublic())).isFalse();
    assertThat(new SignedHead(4, "ab", NOW, head.signature()).isSignedBy(ours.getPublic()))
        .isFalse();
    assertThat(new SignedHead(3, "ab", NOW, "no signature").isSignedBy(ours.getPublic())).isFalse();
  }
}
