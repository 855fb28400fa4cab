package org.medcue.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the service says before it starts without something that it needs. */
class ServeCommandTest {

  private static final String SERVER = "quarkus.oidc.auth-server-url";
  private static final String SECRET = "quarkus.oidc.credentials.secret";
  private static final String REALM = "https://keycloak.example.org/realms/medcue";

  private static SmallRyeConfig config(Map<String, String> values) {
    return new SmallRyeConfigBuilder().withDefaultValues(values).build();
  }

  @Test
  void withoutAServerToSignInToItSaysWhatToSetInOneLine() {
    assertThatThrownBy(() -> ServeCommand.requireSignIn(config(Map.of())))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith(SERVER + " is not set")
        .hasMessageContaining("mvn quarkus:dev")
        .hasMessageNotContaining("\n");
  }

  @Test
  void withoutASecretOrWithAWeakOneItSaysSo() {
    assertThatThrownBy(() -> ServeCommand.requireSignIn(config(Map.of(SERVER, REALM))))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith(SECRET);
    assertThatThrownBy(
            () -> ServeCommand.requireSignIn(config(Map.of(SERVER, REALM, SECRET, "x".repeat(31)))))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith(SECRET)
        .hasMessageNotContaining("xxx");
  }

  @Test
  void withBothItStarts() {
    assertThatCode(
            () -> ServeCommand.requireSignIn(config(Map.of(SERVER, REALM, SECRET, "x".repeat(32)))))
        .doesNotThrowAnyException();
  }
}
