package org.medcue.model.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.clinical.DrugCode;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;

class VersionDosagesTest {

  private static final DrugCode DRUG = new DrugCode("314076");
  private static final String DOSE =
      "'doseAndRate': [{'doseQuantity': {'value': 1, 'unit': 'mg', 'code': 'mg', 'system':"
          + " 'http://unitsofmeasure.org'}}]";
  private static final String TIMING =
      "'timing': {'repeat': {'frequency': 1, 'period': 1, 'periodUnit': 'd'}}";
  private static final String CODED =
      "'additionalInstruction': [{'coding': [{'system': 'http://snomed.info/sct', 'code':"
          + " '307468000', 'display': 'Every six hours (qualifier value)'}]}]";

  private final Path folder;

  VersionDosagesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static String json(String singleQuoted) {
    return singleQuoted.replace('\'', '"');
  }

  private ModelFolder holding(String file) throws IOException {
    Files.writeString(folder.resolve(ModelFolder.DOSAGES), file);
    return new SmallVersion(folder).seal();
  }

  private ModelFolder dosed(String dosage) throws IOException {
    return holding(json("{'314076': [{" + dosage + "}]}"));
  }

  @Test
  void everyDosageOfTheBundledVersionIsRead() {
    ModelFolder bundled = ModelFolder.open(Path.of("model-registry/mrkpa/2.1.0"));

    Map<DrugCode, String> dosages = VersionDosages.read(bundled);

    assertThat(dosages).hasSize(26);
    assertThat(dosages.get(new DrugCode("1049221"))).contains("\"periodUnit\":\"h\"");
  }

  @Test
  void versionForDialoguesHasNone() {
    assertThat(VersionDosages.read(new SmallVersion(folder).seal())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{",
        "{}{}",
        "{\"314076\": 5}",
        "{\"314076\": []}",
        "{\"314076\": [7]}",
        "{\"314076\": [{}]}",
        "{\"aspirin\": []}",
        "{\"\": []}",
        "{\"314076\": [], \"314076\": []}",
      })
  void whatIsNoDosageByDrugIsRefused(String file) {
    assertThatThrownBy(() -> VersionDosages.read(holding(file)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("dosages.json")
        .hasMessageNotContainingAny("aspirin", "\n");
  }

  @Test
  void fileThatIsTooLargeIsNotRead() throws IOException {
    ModelFolder large = holding("{}" + " ".repeat(4 * 1024 * 1024));

    assertThatThrownBy(() -> VersionDosages.read(large)).hasMessageContaining("is larger than");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'bogus': 1                                     | dosage[0] may have only",
        "'patientInstruction': 'take all'               | dosage[0] may have only",
        "'extension': [{'url': 'x'}]                    | dosage[0] may have only",
        "'text': 'Take all of them'                     | dosage[0].text must be the display",
        "'text': '[click](http://evil.example)'         | dosage[0].text must be a short plain text",
        "'sequence': 0                                  | dosage[0].sequence must be a whole number",
        "'sequence': '1'                                | dosage[0].sequence must be a whole number",
        "'asNeededBoolean': 'true'                      | dosage[0].asNeededBoolean must be true or false",
        "'maxDosePerLifetime': {'value': 1e400}         | dosage[0].maxDosePerLifetime.value must be a number",
        "'maxDosePerLifetime': {'value': -1}            | dosage[0].maxDosePerLifetime.value must be a number",
        "'maxDosePerLifetime': {'value': 1e9}           | dosage[0].maxDosePerLifetime.value must be a number",
        "'maxDosePerLifetime': {'value': 1, 'unit': 'mg\\u0007'} | unit must be a short plain text",
        "'route': {'text': 'oral'}                      | dosage[0].route must have coding",
        "'route': {'coding': [{'system': 'http://evil.example', 'code': '1'}]} | coding[0].system must be",
      })
  void memberThatTrainingDoesNotWriteIsToldWithTheDrug(String member, String why)
      throws IOException {
    ModelFolder forged = dosed(TIMING + "," + DOSE + "," + member);

    assertThatThrownBy(() -> VersionDosages.read(forged))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("dosages.json: drug 314076: dosage[0]")
        .hasMessageContaining(why)
        .hasMessageNotContainingAny("evil", "Take all");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'repeat': {'frequency': 101}}                   | frequency must be a whole number, 1 to 100",
        "{'repeat': {'frequency': 1, 'period': 6}}        | must have periodUnit",
        "{'repeat': {'period': 0, 'periodUnit': 'h'}}     | period must be a number above 0",
        "{'repeat': {'period': 1, 'periodUnit': 'hours'}} | periodUnit must be",
        "{'repeat': {'timeOfDay': ['8 am']}}              | timeOfDay[0] must be",
        "{'event': ['2020-01-01']}                        | may have only code, repeat",
      })
  void timingThatNobodyCanFollowIsRefused(String timing, String why) throws IOException {
    ModelFolder forged = dosed("'timing': " + timing + "," + DOSE);

    assertThatThrownBy(() -> VersionDosages.read(forged)).hasMessageContaining(why);
  }

  @Test
  void dosageSaysHowMuchAndWhen() throws IOException {
    ModelFolder withoutDose = dosed(TIMING);
    assertThatThrownBy(() -> VersionDosages.read(withoutDose))
        .hasMessageContaining("must have doseAndRate");

    ModelFolder withoutTiming = dosed(DOSE);
    assertThatThrownBy(() -> VersionDosages.read(withoutTiming))
        .hasMessageContaining("must have timing");
  }

  @Test
  void whatIsWrittenCanBeReadAndFreeTextIsNotWritten() throws IOException {
    String coded = json("[{" + TIMING + "," + DOSE + "," + CODED + "}]");
    String free = json("[{'text': 'as the nurse says'," + TIMING + "," + DOSE + "}]");

    VersionDosages.write(folder, Map.of(DRUG, coded, new DrugCode("1"), free));

    assertThat(VersionDosages.read(new SmallVersion(folder).seal()))
        .containsExactly(Map.entry(DRUG, coded.replace(": ", ":").replace(", ", ",")));
  }
}
