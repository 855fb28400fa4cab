package org.medcue.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConceptTranslatorTest {

  private static final String MAP =
      """
      {"resourceType": "ConceptMap", "group": [
        {"source": "http://snomed.info/sct", "target": "http://hl7.org/fhir/sid/icd-10-cm",
         "element": [
           {"code": "44054006", "target": [
             {"code": "E11.9", "equivalence": "relatedto"},
             {"code": "E11.9", "equivalence": "relatedto"},
             {"code": "E10.9", "equivalence": "disjoint"}]},
           {"code": "160903007", "target": [{"equivalence": "unmatched"}]}]},
        {"source": "http://snomed.info/sct", "target": "http://hl7.org/fhir/sid/icd-10",
         "element": [{"code": "38341003", "target": [{"code": "I10"}]}]},
        {"source": "http://snomed.info/sct", "target": "http://hl7.org/fhir/sid/icd-10-cm",
         "element": [{"code": "44054006", "target": [{"code": "Z79.4"}]}]}]}
      """;

  private final Path folder;

  ConceptTranslatorTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void keepsAllDistinctTargetsOfAllGroupsToIcd10Cm() throws IOException {
    ConceptTranslator translator = ConceptTranslator.load(write("map.json", MAP));

    assertThat(translator.targets("44054006")).containsExactly("E11.9", "Z79.4");
    assertThat(translator.targets("160903007")).isEmpty();
    assertThat(translator.targets("38341003")).isEmpty();
  }

  @Test
  void readsGzip() throws IOException {
    Path file = folder.resolve("map.json.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(MAP.getBytes(StandardCharsets.UTF_8));
    }

    assertThat(ConceptTranslator.load(file).size()).isEqualTo(1);
  }

  @Test
  void theBundledMapKnowsCommonConditions() {
    ConceptTranslator bundled = ConceptTranslator.bundled();

    assertThat(bundled.targets("44054006")).containsExactly("E11.9");
    assertThat(bundled.size()).isGreaterThan(100);
  }

  @Test
  void aWrongFileIsNamedWithWhatIsExpected() throws IOException {
    for (String wrong : new String[] {"{\"resourceType\": \"Bundle\"}", "{\"res", "[]"}) {
      Path file = write("wrong.json", wrong);

      assertThatThrownBy(() -> ConceptTranslator.load(file))
          .isInstanceOf(FhirException.class)
          .hasMessageContaining("wrong.json")
          .hasMessageContaining("ConceptMap");
    }
    assertThatThrownBy(() -> ConceptTranslator.load(folder.resolve("none.json")))
        .isInstanceOf(FhirException.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void aMapBetweenOtherSystemsIsRefused() throws IOException {
    Path file =
        write(
            "other.json",
            "{\"resourceType\": \"ConceptMap\", \"group\": [{\"source\": \"a\", \"target\": \"b\"}]}");

    assertThatThrownBy(() -> ConceptTranslator.load(file))
        .isInstanceOf(FhirException.class)
        .hasMessageContaining("from http://snomed.info/sct to http://hl7.org/fhir/sid/icd-10-cm");
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }
}
