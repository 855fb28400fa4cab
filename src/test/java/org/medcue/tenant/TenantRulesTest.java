package org.medcue.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.medcue.harness.EhrTokens.keySet;
import static org.medcue.tenant.TestTenants.settings;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.fhir.AllowedFhirServer;
import org.medcue.harness.EhrTokens;
import org.medcue.platform.RequestRefusedException;
import org.medcue.platform.Violation;

class TenantRulesTest {

  private static final String ISSUER = "https://ehr.example";
  private static final PublicJsonWebKey KEY = EhrTokens.curve("k", "P-384");
  private static final TenantRules PRODUCTION = new TenantRules(false, true);

  private static List<String> wrong(String... members) {
    return PRODUCTION.violations("hospital", settings(ISSUER, keySet(KEY), members)).stream()
        .map(Violation::path)
        .toList();
  }

  private static List<String> wrongKeys(String keySet) {
    return PRODUCTION.violations("hospital", settings(ISSUER, keySet)).stream()
        .map(Violation::message)
        .toList();
  }

  @Test
  void goodSettingsAreTaken() {
    assertThat(
            wrong(
                "'jkus': ['https://ehr.example/jwks?x=1']",
                "'fhirServers': [{'base': 'https://ehr.example/fhir', 'privateAddresses': true}]",
                "'origins': ['https://app.example:8443']",
                "'publicBase': 'https://proxy.example/medcue'"))
        .isEmpty();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments("'name': ' '", "name"),
        arguments("'issuer': 'ehr'", "issuer"),
        arguments("'jkus': ['http://ehr.example/jwks']", "jkus[0]"),
        arguments("'jkus': ['https://u:p@ehr.example/jwks']", "jkus[0]"),
        arguments("'jkus': ['https://ehr.example/jwks#x']", "jkus[0]"),
        arguments("'jkus': ['file:///etc/passwd']", "jkus[0]"),
        arguments("'jkus': ['https://a.example', 'https://a.example']", "jkus"),
        arguments("'fhirServers': [{'base': 'http://ehr.example'}]", "fhirServers[0].base"),
        arguments("'fhirServers': [{'base': 'https://ehr.example/'}]", "fhirServers[0].base"),
        arguments("'fhirServers': [{'base': 'https://ehr.example?x'}]", "fhirServers[0].base"),
        arguments("'fhirServers': [{'base': 'https:///fhir'}]", "fhirServers[0].base"),
        arguments("'origins': ['*']", "origins[0]"),
        arguments("'origins': ['null']", "origins[0]"),
        arguments("'origins': ['https://app.example/']", "origins[0]"),
        arguments("'origins': ['https://APP.example']", "origins[0]"),
        arguments("'publicBase': 'https://medcue.example/'", "publicBase"),
        arguments("'publicBase': 'medcue'", "publicBase"),
        arguments("'requestsPerMinute': 0", "requestsPerMinute"),
        arguments("'burst': 100001", "burst"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakeIsNamed(String member, String path) {
    assertThat(wrong(member)).containsExactly(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://h.example/a%20b",
        "https://h.example/fhir;v=4",
        "https://h.example/r4:x",
        "https://h.example//fhir",
        "https://h.example/a/../b",
        "https://h.example/./r4",
        "https://h.example:65536/r4",
        "https://h.example:0/r4",
        "https://h.example./r4",
        "https://0x7f/r4",
        "https://2130706433/r4",
        "https://127.0.0.01/r4",
        "https://[::ffff:127.0.0.1]/r4",
        "https://[::ffff:7f00:1]/r4",
        "https://[fe80::1%25eth0]/r4"
      })
  void baseThatCannotBeCalledIsRefused(String base) {
    assertThat(wrong("'fhirServers': [{'base': '" + base + "'}]"))
        .containsExactly("fhirServers[0].base");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://ehr.example",
        "https://EHR.example:8443/FHIR/r4",
        "https://10.0.0.7/fhir",
        "https://[2001:db8::7]:8443/fhir",
        "https://ehr/fhir/~x/$y/a.b_c-d"
      })
  void plainBaseIsTaken(String base) {
    assertThat(wrong("'fhirServers': [{'base': '" + base + "'}]")).isEmpty();
  }

  @Test
  void everyBaseThatIsTakenCanBeCalled() {
    Random random = new Random(20261123);
    List<String> parts =
        List.of(
            "https://",
            "h.example",
            "h",
            "10.0.0.1",
            "[::1]",
            ":443",
            ":",
            "/",
            "//",
            "..",
            ".",
            "fhir",
            "R4",
            "%20",
            ";v=4",
            "~",
            "$",
            "_",
            "-",
            "0x1",
            "007",
            "8",
            "@",
            "é",
            "[",
            "]",
            "::ffff:",
            "|",
            "\\\\",
            "&",
            "a".repeat(64));
    int taken = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder base = new StringBuilder("https://");
      for (int j = random.nextInt(6); j >= 0; j--) {
        base.append(parts.get(random.nextInt(parts.size())));
      }
      if (wrong("'fhirServers': [{'base': '" + base + "'}]").isEmpty()) {
        taken++;
        String url = base.toString();
        assertThatCode(() -> new AllowedFhirServer(url, false)).as(url).doesNotThrowAnyException();
      }
    }
    assertThat(taken).isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "A", "a b", "a/b", "local", "a.b", "é"})
  void badIdIsNamed(String id) {
    assertThat(PRODUCTION.violations(id, settings(ISSUER, keySet(KEY))))
        .extracting(Violation::path)
        .containsExactly("id");
  }

  @Test
  void allMistakesAreNamedTogether() {
    assertThat(wrong("'name': ''", "'issuer': ''", "'burst': 0", "'origins': ['x']"))
        .containsExactly("name", "issuer", "origins[0]", "burst");
  }

  @Test
  void publicBaseIsNeededSomewhere() {
    assertThat(new TenantRules(false, false).violations("a", settings(ISSUER, keySet(KEY))))
        .extracting(Violation::path)
        .containsExactly("publicBase");
  }

  @Test
  void keysAreNeededSomewhere() {
    assertThat(PRODUCTION.violations("a", settings(ISSUER, "null")))
        .extracting(Violation::path)
        .containsExactly("keySet");
  }

  @Test
  void everyUsableKindOfKeyIsTaken() {
    assertThat(
            wrongKeys(
                keySet(
                    EhrTokens.curve("1", "P-256"),
                    EhrTokens.curve("2", "P-384"),
                    EhrTokens.curve("3", "P-521"),
                    EhrTokens.rsa("4", 2048))))
        .isEmpty();
  }

  @Test
  void privateKeyIsRefusedAndNotRepeated() {
    String pair = KEY.toJson(OutputControlLevel.INCLUDE_PRIVATE);

    assertThat(wrongKeys("{\"keys\":[" + pair + "]}"))
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message).contains("private key material");
              assertThat(message)
                  .doesNotContain(
                      String.valueOf(KEY.toParams(OutputControlLevel.INCLUDE_PRIVATE).get("d")));
            });
  }

  static Stream<Arguments> badKeys() {
    return Stream.of(
        arguments("{'kty':'oct','kid':'a','k':'AAAA'}", "private key material"),
        arguments("{'kty':'OKP','kid':'a','crv':'Ed25519','x':'AAAA'}", "must be EC"),
        arguments("{'kty':'EC','kid':'a','crv':'P-384'}", "must be EC"),
        arguments("{'kty':'RSA','kid':'a','n':'AQAB','e':'AQAB'}", "must be EC"),
        arguments("'x'", "JWK"),
        arguments(keySet(EhrTokens.rsa("a", 1024)), "must be EC"),
        arguments(keySet(EhrTokens.curve("a", "P-384"), EhrTokens.curve("a", "P-384")), "another"),
        arguments(keySet(EhrTokens.curve("", "P-384")), "kid"));
  }

  @ParameterizedTest
  @MethodSource("badKeys")
  void badKeyIsRefused(String json, String why) {
    String set = json.startsWith("{\"keys\"") ? json : "{'keys':[" + json + "]}";

    assertThat(wrongKeys(set.replace('\'', '"'))).singleElement().asString().contains(why);
  }

  @Test
  void rsaKeyWithExponentOneIsRefused() {
    String weak = keySet(EhrTokens.rsa("a", 2048)).replace("\"e\":\"AQAB\"", "\"e\":\"AQ\"");

    assertThat(wrongKeys(weak)).singleElement().asString().contains("exponent");
  }

  @Test
  void encryptionKeyIsRefused() {
    String encryption = keySet(KEY).replace("\"kty\"", "\"use\":\"enc\",\"kty\"");

    assertThat(wrongKeys(encryption)).singleElement().asString().contains("use");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'keys': {}}", "{'keys': []}", "[]", "7"})
  void noKeySetIsRefused(String json) {
    assertThat(wrongKeys(json.replace('\'', '"'))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'name': 7",
        "'jkus': 'https://a.example'",
        "'jkus': [7]",
        "'fhirServers': ['https://a.example']",
        "'burst': 'many'",
        "'burst': 1.5",
        "'dryRun': 'yes'",
        "'jku': 'https://a.example'",
        "'reason': ''"
      })
  void wrongTypesAndUnknownElementsAreRefused(String member) {
    assertThatThrownBy(() -> settings(ISSUER, keySet(KEY), member))
        .isInstanceOf(RequestRefusedException.class);
  }
}
