package org.medcue.platform.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class SealingKeysTest {

  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
  private static final String SHORT = Base64.getEncoder().encodeToString(new byte[31]);

  private static AbstractThrowableAssert<?, ?> assertRefused(
      Map<String, String> keys, Optional<String> active) {
    return assertThatThrownBy(() -> SealingKeys.of(keys, active))
        .isInstanceOf(SealingException.class)
        .hasMessageNotContaining("\n");
  }

  @Test
  void theOnlyKeyIsActive() {
    assertThat(SealingKeys.of(Map.of("k1", KEY), Optional.empty()).activeId()).isEqualTo("k1");
  }

  @Test
  void withoutAKeyItSaysHowToMakeOne() {
    assertRefused(Map.of(), Optional.empty())
        .hasMessageContaining("medcue.sealing.keys.<id>")
        .hasMessageContaining("openssl rand -base64 32");
  }

  @Test
  void ofSeveralKeysTheActiveOneMustBeNamed() {
    Map<String, String> keys = Map.of("k1", KEY, "k2", KEY);

    assertRefused(keys, Optional.empty()).hasMessageContaining("choose among k1, k2");
    assertRefused(keys, Optional.of("k3")).hasMessageContaining("choose among k1, k2");
  }

  @Test
  void badKeysAreRefusedAndNeverQuoted() {
    assertRefused(Map.of("k1", SHORT), Optional.empty())
        .hasMessageContaining("medcue.sealing.keys.k1 has 31 bytes, not 32")
        .hasMessageNotContaining(SHORT);
    assertRefused(Map.of("k1", "p@ssw0rd"), Optional.empty())
        .hasMessageContaining("not base64")
        .hasMessageNotContaining("p@ss")
        .hasNoCause();
    assertRefused(Map.of(KEY, "k1"), Optional.empty())
        .hasMessageContaining("malformed")
        .hasMessageNotContaining(KEY);
  }

  @Test
  void anActiveIdThatIsAKeyByMistakeIsNotQuoted() {
    assertRefused(Map.of("k1", KEY), Optional.of("secret")).hasMessageNotContaining("secret");
  }
}
