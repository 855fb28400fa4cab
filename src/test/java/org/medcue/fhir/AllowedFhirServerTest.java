package org.medcue.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedFhirServerTest {

  private static final AllowedFhirServer EHR =
      new AllowedFhirServer("https://ehr.example/fhir/R4", false);

  private static boolean listed(String fhirServer) {
    return AllowedFhirServer.find(List.of(EHR), fhirServer).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://ehr.example/fhir/R4",
        "https://ehr.example/fhir/R4/",
        "https://ehr.example:443/fhir/R4",
        "HTTPS://EHR.example/fhir/R4"
      })
  void sameBaseIsListedHoweverItIsWritten(String url) {
    assertThat(listed(url)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://ehr.example/fhir/R4",
        "https://ehr.example:8443/fhir/R4",
        "https://ehr.example/fhir/r4",
        "https://ehr.example/fhir",
        "https://ehr.example/fhir/R4/Patient",
        "https://ehr.example/fhir/R4-admin",
        "https://ehr.example/fhir/R4?x=1",
        "https://ehr.example/fhir/R4#x",
        "https://ehr.example/fhir/./R4",
        "https://ehr.example/fhir/x/../R4",
        "https://ehr.example/fhir//R4",
        "https://ehr.example/fhir/R4//",
        "https://ehr.example/fhir/%524",
        "https://ehr.example/fhir\\R4",
        "https://ehr.example./fhir/R4",
        "https://ehr.example.evil.test/fhir/R4",
        "https://evil.test/https://ehr.example/fhir/R4",
        "https://ehr.example@evil.test/fhir/R4",
        "https://user:secret@ehr.example/fhir/R4",
        "https://evil.test#@ehr.example/fhir/R4",
        "https://evil.test\\@ehr.example/fhir/R4",
        "https://еhr.example/fhir/R4",
        "https://ehr。example/fhir/R4",
        "https://ehr.example\t/fhir/R4",
        " https://ehr.example/fhir/R4",
        "https://ehr.example/fhir/R4\n",
        "https:/ehr.example/fhir/R4",
        "//ehr.example/fhir/R4",
        "ehr.example/fhir/R4",
        "ftp://ehr.example/fhir/R4",
        "file:///etc/passwd",
        ""
      })
  void anythingElseIsNotListed(String url) {
    assertThat(listed(url)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://2130706433/fhir",
        "http://0x7f000001/fhir",
        "http://0x7f.0.0.1/fhir",
        "http://017700000001/fhir",
        "http://0177.0.0.1/fhir",
        "http://127.1/fhir",
        "http://127.0.1/fhir",
        "http://127.0.0.01/fhir",
        "http://127.0.0.1./fhir",
        "http://127.0.0.256/fhir",
        "http://1.2.3.4.5/fhir",
        "http://a.0x10/fhir",
        "http://[::ffff:127.0.0.1]/fhir",
        "http://[fe80::1%25eth0]/fhir",
        "http://[::1/fhir",
        "http://[v1.x]/fhir",
        "http://a:b@127.0.0.1/fhir",
        "http://127.0.0.1:0/fhir",
        "http://127.0.0.1:080/fhir",
        "http://127.0.0.1:65536/fhir",
        "http://127.0.0.1:99999/fhir",
        "http://127.0.0.1:/fhir",
        "http://-a.test/fhir",
        "http://a..test/fhir",
        "http://a_b/fhir",
        "http:///fhir"
      })
  void oddFormsCannotBeListedAtAll(String base) {
    assertThatIllegalArgumentException().isThrownBy(() -> new AllowedFhirServer(base, true));
  }

  @Test
  void ipv6AddressIsOneHoweverItIsShortened() {
    AllowedFhirServer server = new AllowedFhirServer("http://[0:0::1]:8080/fhir", true);

    assertThat(AllowedFhirServer.find(List.of(server), "http://[::1]:8080/fhir")).contains(server);
  }

  @Test
  void longestUrlIsJudgedAndALongerOneRefused() {
    String tail = "/a".repeat(1_990);

    assertThat(PlainUrl.parse("http://a" + tail)).isPresent();
    assertThat(PlainUrl.parse("http://a" + tail + "/b".repeat(10))).isEmpty();
    assertThat(PlainUrl.parse("http://a/?" + "%41".repeat(1_320))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://ehr.example/fhir/R4?_getpages=1&x=a%7Cb",
        "https://ehr.example/fhir/R4/Condition?page=2",
        "https://EHR.example:443/fhir/R4/Condition?page=2",
        "?_getpages=1"
      })
  void pagesBelowTheBaseAreFollowed(String link) {
    assertThat(EHR.page(link)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://ehr.example/fhir/R4?page=2",
        "https://ehr.example:444/fhir/R4?page=2",
        "https://other.example/fhir/R4?page=2",
        "https://ehr.example/fhir?page=2",
        "https://ehr.example/fhir/R4x?page=2",
        "https://ehr.example/fhir/R4/../admin?page=2",
        "https://ehr.example/fhir/R4/%2e%2e/admin",
        "https://ehr.example/fhir/R4/..;/admin",
        "https://ehr.example/fhir/R4?page=2#x",
        "https://ehr.example/fhir/R4?page=2 x",
        "https://ehr.example/fhir/R4?page=%2",
        "https://ehr.example/fhir/R4\\..\\x",
        "//other.example/fhir/R4",
        "/fhir/R4?page=2",
        "javascript:alert(1)"
      })
  void pagesElsewhereAreNot(String link) {
    assertThat(EHR.page(link)).isEmpty();
  }

  @Test
  void barBetweenSystemAndCodeIsWrittenAsAUrlMayHaveIt() {
    assertThat(EHR.page("https://ehr.example/fhir/R4/Condition?code=a|b"))
        .contains(URI.create("https://ehr.example/fhir/R4/Condition?code=a%7Cb"));
  }

  @Test
  void patientIdOfDotsLeavesTheBaseByNoQuery() {
    assertThat(EHR.query("Patient/..")).isEmpty();
    assertThat(EHR.query("Patient/1")).contains(URI.create(EHR.base() + "/Patient/1"));
  }
}
