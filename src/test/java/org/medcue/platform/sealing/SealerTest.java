package org.medcue.platform.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SealerTest {

  private static final Place ROW = new Place("recommendation", "1");
  private static final byte[] CONTENT = "胃痛, cough".getBytes(UTF_8);
  private static final String OLD = base64((byte) 1);
  private static final String NEW = base64((byte) 2);

  private final Sealer sealer = new Sealer(SealingKeys.of(Map.of("old", OLD), Optional.empty()));
  private final Sealer both =
      new Sealer(SealingKeys.of(Map.of("old", OLD, "new", NEW), Optional.of("new")));
  private final Sealer onlyNew = new Sealer(SealingKeys.of(Map.of("new", NEW), Optional.empty()));

  private static String base64(byte fill) {
    byte[] key = new byte[32];
    java.util.Arrays.fill(key, fill);
    return Base64.getEncoder().encodeToString(key);
  }

  private static void assertOpens(Opened opened) {
    assertThat(opened)
        .isInstanceOfSatisfying(
            Opened.Content.class, content -> assertThat(content.bytes()).isEqualTo(CONTENT));
  }

  @Test
  void whatIsSealedOpensInItsRow() {
    Sealed sealed = sealer.seal(ROW, CONTENT);

    assertThat(sealed.keyId()).isEqualTo("old");
    assertThat(new String(sealed.content(), UTF_8)).doesNotContain("胃痛", "cough");
    assertOpens(sealer.open(ROW, sealed));
  }

  @Test
  void nothingAtAllCanBeSealed() {
    Opened opened = sealer.open(ROW, sealer.seal(ROW, new byte[0]));

    assertThat(opened)
        .isInstanceOfSatisfying(
            Opened.Content.class, content -> assertThat(content.bytes()).isEmpty());
  }

  @Test
  void theSameContentNeverLooksTheSame() {
    assertThat(sealer.seal(ROW, CONTENT).content())
        .isNotEqualTo(sealer.seal(ROW, CONTENT).content());
  }

  @Test
  void aValueOpensInNoOtherRowOrTable() {
    Sealed sealed = sealer.seal(ROW, CONTENT);

    assertThat(sealer.open(new Place("recommendation", "2"), sealed))
        .isEqualTo(new Opened.Damaged());
    assertThat(sealer.open(new Place("feedback_event", "1"), sealed))
        .isEqualTo(new Opened.Damaged());
  }

  @Test
  void contentOpensWithNoOtherRowsDataKey() {
    Sealed one = sealer.seal(ROW, CONTENT);
    Sealed two = sealer.seal(ROW, CONTENT);

    assertThat(sealer.open(ROW, new Sealed("old", two.wrappedKey(), one.content())))
        .isEqualTo(new Opened.Damaged());
  }

  @Test
  void everyChangedByteIsNoticed() {
    Sealed sealed = sealer.seal(ROW, CONTENT);

    for (int i = 0; i < sealed.content().length; i++) {
      byte[] changed = sealed.content().clone();
      changed[i] ^= 1;
      assertThat(sealer.open(ROW, new Sealed("old", sealed.wrappedKey(), changed)))
          .isEqualTo(new Opened.Damaged());
    }
    for (int i = 0; i < sealed.wrappedKey().length; i++) {
      byte[] changed = sealed.wrappedKey().clone();
      changed[i] ^= 1;
      assertThat(sealer.open(ROW, new Sealed("old", changed, sealed.content())))
          .isEqualTo(new Opened.Damaged());
    }
    assertThat(sealer.open(ROW, new Sealed("old", new byte[3], new byte[0])))
        .isEqualTo(new Opened.Damaged());
  }

  @Test
  void aKeyThatIsNotConfiguredIsNamed() {
    assertThat(onlyNew.open(ROW, sealer.seal(ROW, CONTENT)))
        .isEqualTo(new Opened.KeyMissing("old"));
  }

  @Test
  void anotherKeyOfTheSameIdOpensNothing() {
    Sealer other = new Sealer(SealingKeys.of(Map.of("old", NEW), Optional.empty()));

    assertThat(other.open(ROW, sealer.seal(ROW, CONTENT))).isEqualTo(new Opened.Damaged());
  }

  @Test
  void afterRewrappingTheOldKeyIsNotNeeded() {
    Sealed sealed = sealer.seal(ROW, CONTENT);

    byte[] rewrapped = both.rewrap(ROW, sealed.keyId(), sealed.wrappedKey()).orElseThrow();

    assertOpens(onlyNew.open(ROW, new Sealed("new", rewrapped, sealed.content())));
  }

  @Test
  void whatCannotBeOpenedIsNotRewrapped() {
    Sealed sealed = sealer.seal(ROW, CONTENT);

    assertThat(onlyNew.rewrap(ROW, "old", sealed.wrappedKey())).isEmpty();
    assertThat(both.rewrap(new Place("recommendation", "2"), "old", sealed.wrappedKey())).isEmpty();
  }
}
