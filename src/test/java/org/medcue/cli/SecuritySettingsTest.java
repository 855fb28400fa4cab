package org.medcue.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service says before it starts without something that it needs. */
class SecuritySettingsTest {

  private static final String SERVER = "quarkus.oidc.auth-server-url";
  private static final String SECRET = "quarkus.oidc.credentials.secret";
  private static final String KEY = "medcue.audit.signing-key";
  private static final String DATABASE = "quarkus.datasource.jdbc.url";
  private static final String HEAD = "medcue.audit.head-file";

  private final Map<String, String> settings =
      new HashMap<>(
          Map.of(
              DATABASE,
              "jdbc:postgresql://db.example/medcue",
              SERVER,
              "https://keycloak.example.org/realms/medcue",
              SECRET,
              "x".repeat(32)));

  @TempDir Path folder = Path.of("");

  private SmallRyeConfig config() {
    return new SmallRyeConfigBuilder().withDefaultValues(settings).build();
  }

  private void refused(String... parts) {
    Throwable refusal = catchThrowable(() -> SecuritySettings.require(config(), false));

    assertThat(refusal).isInstanceOf(CommandException.class);
    assertThat(refusal.getMessage()).contains(parts).doesNotContain("\n", "xxx");
  }

  @Test
  void withoutADatabaseItSaysWhatToSet() {
    settings.remove(DATABASE);

    refused(DATABASE + " is not set", "medcue.database.embedded=true");
  }

  @Test
  void withoutAServerToSignInToItSaysWhatToSet() {
    settings.remove(SERVER);

    refused(SERVER + " is not set", "mvn quarkus:dev");
  }

  @Test
  void withoutASecretOrWithAWeakOneItSaysSo() {
    settings.put(SECRET, "x".repeat(31));
    refused(SECRET);

    settings.remove(SECRET);
    refused(SECRET);
  }

  @Test
  void withoutTrustInEhrsItDoesNotStart() {
    settings.put("medcue.client-trust.mode", "none");

    refused("medcue.client-trust.mode=none", "medcue tenant add");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://medcue.example/",
        "http://medcue.example",
        "medcue.example",
        "https://medcue.example?x=1"
      })
  void publicBaseThatNoTokenCouldNameIsRefused(String base) {
    settings.put("medcue.public-base", base);

    refused("medcue.public-base must be an https URL", "without a slash at its end");
  }

  @Test
  void withoutAHeadOfTheAuditTrailItSaysHowToMakeOne() {
    refused(HEAD + " is not set");

    settings.put(HEAD, folder.resolve("head.json").toString());
    refused(KEY + " is not set", "openssl genpkey -algorithm ed25519");

    settings.put(KEY, folder.resolve("nowhere.pem").toString());
    refused("nowhere.pem is no file that can be read");
  }

  @Test
  void whatIsNoKeyOrNoFolderIsNamed() throws IOException {
    Path none = Files.writeString(folder.resolve("none.pem"), "nothing");
    settings.putAll(Map.of(KEY, none.toString(), HEAD, folder.resolve("head.json").toString()));

    refused("none.pem is no Ed25519 private key");
  }

  @Test
  void developmentGoesWithout() {
    settings.clear();
    settings.put("medcue.client-trust.mode", "none");

    assertThatCode(() -> SecuritySettings.require(config(), true)).doesNotThrowAnyException();
  }
}
