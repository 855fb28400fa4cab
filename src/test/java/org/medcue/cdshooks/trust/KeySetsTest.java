package org.medcue.cdshooks.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.harness.EhrTokens.keySet;
import static org.medcue.tenant.TestTenants.settings;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.harness.EhrTokens;
import org.medcue.tenant.Tenant;

class KeySetsTest {

  private static final PublicJsonWebKey OLD = EhrTokens.curve("old", "P-384");
  private static final PublicJsonWebKey NEW = EhrTokens.curve("new", "P-384");

  private final HandClock clock = new HandClock();
  private Optional<String> answer = Optional.of(keySet(OLD));
  private int reads;
  private boolean readInside;
  private final KeySets keySets =
      new KeySets(
          (url, inside) -> {
            reads++;
            readInside = inside;
            return answer;
          },
          false,
          clock);

  private static Tenant tenant(String... members) {
    return new Tenant("hospital", 1, settings("https://ehr.example", keySet(OLD), members));
  }

  private boolean has(String kid) {
    return keySets.at(tenant(), "https://ehr.example/jwks", kid).find(kid, "ES384").isPresent();
  }

  @Test
  void keysAreReadOnce() {
    assertThat(has("old")).isTrue();
    assertThat(has("old")).isTrue();
    assertThat(reads).isEqualTo(1);
  }

  @Test
  void unknownKeyIsLookedForOnceAMinute() {
    has("old");
    has("new");
    has("nobody");
    assertThat(reads).isEqualTo(1);

    clock.pass(Duration.ofSeconds(61));
    answer = Optional.of(keySet(OLD, NEW));

    assertThat(has("new")).isTrue();
    assertThat(has("nobody")).isFalse();
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void keyTakenAwayCountsTenMinutesLonger() {
    has("old");
    answer = Optional.of(keySet(NEW));
    clock.pass(Duration.ofMinutes(9));
    assertThat(has("old")).isTrue();

    clock.pass(Duration.ofMinutes(1));

    assertThat(has("old")).isFalse();
    assertThat(has("new")).isTrue();
  }

  @Test
  void lastKeysCountForAnHourWhileTheyCannotBeRead() {
    has("old");
    answer = Optional.empty();
    clock.pass(Duration.ofMinutes(59));
    assertThat(has("old")).isTrue();

    clock.pass(Duration.ofMinutes(2));

    assertThat(has("old")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"keys\":[]}", "{\"keys\":[{\"kty\":\"oct\"}]}"})
  void setWithoutAGoodKeyRevokesAll(String none) {
    has("old");
    answer = Optional.of(none);
    clock.pass(Duration.ofMinutes(10));

    assertThat(has("old")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "maintenance", "{\"keys\":7}", "[]"})
  void whatIsNoKeySetRevokesNothing(String none) {
    has("old");
    answer = Optional.of(none);
    clock.pass(Duration.ofMinutes(10));

    assertThat(has("old")).isTrue();
  }

  @Test
  void keysMayLieInsideANetworkWhereAFhirServerOfTheTenantMay() {
    Tenant inside =
        tenant("'fhirServers': [{'base': 'https://ehr.example', 'privateAddresses': true}]");

    keySets.at(inside, "https://ehr.example/jwks", "old");
    assertThat(readInside).isTrue();

    keySets.at(tenant(), "https://ehr.example/jwks", "old");
    assertThat(readInside).isFalse();
    assertThat(reads).as("what one may read is not kept for the other").isEqualTo(2);
  }

  @Test
  void urlThatDoesNotAnswerIsAskedOnceAMinute() {
    answer = Optional.empty();
    has("old");
    has("old");

    assertThat(reads).isEqualTo(1);
  }

  private static final class HandClock extends Clock {
    private Instant now = Instant.parse("2026-11-23T08:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
