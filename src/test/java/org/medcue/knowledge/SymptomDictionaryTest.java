package org.medcue.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.clinical.Symptom;

class SymptomDictionaryTest {

  private static final Path VALUE_SET =
      Path.of("fhir-profiles", "terminology", "ValueSet-accepted-findings.json");
  private static final SymptomDictionary DICTIONARY =
      KnowledgeBase.load(Path.of("model-registry"), KnowledgeBase.bundled()).symptoms();

  @Test
  void knownCodeStaysAsItIs() {
    Symptom cough = new Symptom("R05.9");
    assertThat(DICTIONARY.contains(cough)).isTrue();
    assertThat(DICTIONARY.known(cough)).contains(cough);
    assertThat(DICTIONARY.name(new Symptom("57676002"))).contains("joint pain");
  }

  @ParameterizedTest
  @CsvSource({"R50.2, R50", "R40.2421, R40", "R10.811, R10", "R13.12, R13.1"})
  void unknownSubcategoryFallsBackToTheNearestKnownCode(String code, String broader) {
    Symptom symptom = new Symptom(code);
    assertThat(DICTIONARY.contains(symptom)).isFalse();
    assertThat(DICTIONARY.name(symptom)).isEmpty();
    assertThat(DICTIONARY.known(symptom)).contains(new Symptom(broader));
  }

  @ParameterizedTest
  @ValueSource(strings = {"R98", "R02.1", "160903007", "5767600"})
  void codeWithoutAKnownAncestorIsUnknown(String code) {
    assertThat(DICTIONARY.known(new Symptom(code))).isEmpty();
  }

  @Test
  void acceptedFindingsOfTheValueSetAreTheSnomedCodesOfTheDictionary() throws IOException {
    JsonNode include =
        new ObjectMapper().readTree(VALUE_SET.toFile()).path("compose").path("include").path(0);
    List<String> accepted = new ArrayList<>();
    for (JsonNode concept : include.path("concept")) {
      Symptom symptom = new Symptom(concept.path("code").asText());
      accepted.add(symptom.code());
      assertThat(DICTIONARY.name(symptom).orElseThrow())
          .isEqualToIgnoringCase(concept.path("display").asText());
    }
    assertThat(include.path("system").asText()).isEqualTo("http://snomed.info/sct");
    assertThat(accepted)
        .containsExactlyInAnyOrderElementsOf(
            DICTIONARY.symptoms().stream()
                .map(Symptom::code)
                .filter(code -> !code.startsWith("R"))
                .toList());
  }

  @Test
  void symptomLiesBelowItsCategory() {
    assertThat(DICTIONARY.path("R05.9")).containsExactly("R05.9", "R05", "SYM");
    assertThat(DICTIONARY.path("R05.8877")).containsExactly("R05.8877", "R05", "SYM");
    assertThat(DICTIONARY.path("57676002")).containsExactly("57676002", "SYM");
    assertThat(DICTIONARY.path("57676003")).isEmpty();
  }
}
