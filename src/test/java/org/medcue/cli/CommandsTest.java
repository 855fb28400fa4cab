package org.medcue.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.medcue.cli.Result.medcue;

import ai.djl.engine.Engine;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.mrkpa.MrKpaConfig;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.training.CohortSource;
import org.medcue.training.CohortSplit;
import org.medcue.training.NdjsonCohort;
import org.medcue.training.fitting.MrKpaRecipe;
import org.medcue.training.fitting.MrKpaTraining;

/** What a person at the command line sees of mistakes: one line that says what to mend. */
class CommandsTest {

  private static final String MAP =
      """
      {"resourceType": "ConceptMap", "group": [{
        "source": "http://snomed.info/sct", "target": "http://hl7.org/fhir/sid/icd-10-cm",
        "element": [{"code": "38341003", "target": [{"code": "I10"}]}]}]}
      """;

  @TempDir private static Path shared = Path.of("");

  private final Path folder;

  CommandsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void trainASmallModel() throws IOException {
    NdjsonCohort.write(Files.createDirectory(cohort()), 60, 1);
    new MrKpaTraining(
            new MrKpaTraining.Options(
                new CohortSource(cohort(), Optional.empty()),
                model(),
                MrKpaRecipe.standard(1, 0, 20221219)
                    .withNetwork(new MrKpaConfig(8, 2, 1, 2, 8, 0, true)),
                new CohortSplit(CohortSplit.STANDARD_SEED),
                DeviceChoice.CPU,
                false,
                Optional.empty(),
                List.of()),
            KnowledgeBase.load(Path.of("model-registry"), KnowledgeBase.bundled()),
            (what, done, total) -> {},
            Clock.systemUTC())
        .run();
  }

  private static Path cohort() {
    return shared.resolve("cohort");
  }

  private static Path model() {
    return shared.resolve("1.0.0");
  }

  private Result train(Path cohort, Object... more) {
    return withCohort(List.of("train", "mrkpa", "--out", folder.resolve("v")), cohort, more);
  }

  private Result evaluate(Path cohort, Object... more) {
    return withCohort(List.of("evaluate", "mrkpa", "--model", model()), cohort, more);
  }

  private static Result withCohort(List<Object> command, Path cohort, Object... more) {
    List<Object> args = new ArrayList<>(command);
    args.addAll(List.of("--cohort", cohort));
    args.addAll(Arrays.asList(more));
    return medcue(args.toArray());
  }

  @Test
  void noSuchCohort() {
    train(folder.resolve("none")).isOneLine("none", "no such folder");
    evaluate(folder.resolve("none")).isOneLine("none", "no such folder");
  }

  @Test
  void cohortThatIsAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "{}");

    train(file).isOneLine("no such folder");
  }

  @Test
  void gpuWhereThereIsNone() {
    assumeThat(Engine.getInstance().getGpuCount()).isZero();

    train(cohort(), "--device", "gpu").isOneLine("no GPU", "use the CPU");
    assertThat(folder.resolve("v")).doesNotExist();
  }

  @Test
  void emptyCohort() {
    train(folder).isOneLine("no Encounter.ndjson");
    evaluate(folder).isOneLine("no Encounter.ndjson");
  }

  @Test
  void cohortWithoutAnyUsableVisit() throws IOException {
    NdjsonCohort.writeWithoutOrders(folder, 20);

    train(folder).isOneLine("no drug order");
    evaluate(folder).isOneLine("no usable visit");
    assertThat(folder.resolve("v")).doesNotExist();
  }

  @Test
  void lineCutShort() throws IOException {
    NdjsonCohort.write(folder, 5, 1);
    Path file = folder.resolve("MedicationRequest.ndjson");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 40));

    train(folder).isOneLine("MedicationRequest.ndjson", "cut off", "export it again");
    evaluate(folder).isOneLine("MedicationRequest.ndjson", "cut off");
  }

  @Test
  void gzipCutShort() throws IOException {
    NdjsonCohort.write(folder, 40, 1);
    Path plain = folder.resolve("Condition.ndjson");
    Path gzip = folder.resolve("Condition.ndjson.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      Files.copy(plain, out);
    }
    Files.delete(plain);
    byte[] bytes = Files.readAllBytes(gzip);
    Files.write(gzip, Arrays.copyOf(bytes, bytes.length / 2));

    train(folder).isOneLine("Condition.ndjson.gz", "ends too early");
  }

  @Test
  void unknownOption() {
    train(cohort(), "--epoch-count", 3).isUsageError("--epoch-count");
  }

  @Test
  void missingOption() {
    medcue("train", "mrkpa", "--cohort", cohort()).isUsageError("--out");
    medcue("evaluate", "mrkpa", "--cohort", cohort()).isUsageError("--model");
    medcue("train", "mrkpa", "--out", folder.resolve("v")).isUsageError("--cohort");
  }

  @Test
  void unknownCommandAndModel() {
    medcue("trane").isUsageError("trane");
    medcue("train", "gpt").isUsageError("gpt");
  }

  @Test
  void noCommandGiven() {
    medcue("train").isUsageError("subcommand");
    medcue().isUsageError("subcommand");
  }

  @Test
  void epochsThatAreNoCount() {
    train(cohort(), "--epochs", 0).isOneLine("--epochs", "at least 1");
    train(cohort(), "--epochs", -3).isOneLine("--epochs", "at least 1");
    train(cohort(), "--epochs", "abc").isUsageError("--epochs", "abc");
    train(cohort(), "--seed", "1e9").isUsageError("--seed", "1e9");
  }

  @Test
  void knowledgeThatIsNotThere() {
    train(cohort(), "--knowledge", "drugs/9.9.9").isOneLine("knowledge/drugs/9.9.9");
    train(cohort(), "--knowledge", "interactions/9.9.9").isOneLine("interactions/9.9.9");
    train(cohort(), "--knowledge", "disease-graph/1.0.0").isOneLine("nothing that this model");
    train(cohort(), "--knowledge", "drugs").isOneLine("drugs/1.0.0");
  }

  @Test
  void noSuchModel() {
    medcue("evaluate", "mrkpa", "--cohort", cohort(), "--model", folder.resolve("none"))
        .isOneLine("no such model folder", "none");
    medcue("evaluate", "mrkpa", "--cohort", cohort(), "--model", folder)
        .isOneLine("manifest.json", "is this a model version?");
  }

  @Test
  void versionThatExists() throws IOException {
    Files.createDirectory(folder.resolve("v"));

    train(cohort()).isOneLine("exists already");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "not JSON",
        "{\"resourceType\": \"Patient\"}",
        "{\"resourceType\": \"ConceptMap\"}",
        "{\"resourceType\": \"ConceptMap\", \"group\": 7}"
      })
  void conceptMapThatIsNone(String content) throws IOException {
    Path map = Files.writeString(folder.resolve("map.json"), content);

    train(cohort(), "--concept-map", map).isOneLine("map.json", "ConceptMap");
  }

  @Test
  void noSuchConceptMap() {
    train(cohort(), "--concept-map", folder.resolve("none.json"))
        .isOneLine("none.json", "no such file");
  }

  @Test
  void conceptMapThatIsAFolder() {
    evaluate(cohort(), "--concept-map", folder).isOneLine("is a folder", "ConceptMap", "UTF-8");
  }

  @Test
  void conceptMapInAnotherEncoding() throws IOException {
    String json = "{\"resourceType\": \"ConceptMap\", \"title\": \"\u00e9l\u00e8ve\"}";
    Path latin = folder.resolve("latin.json");
    Files.write(latin, json.getBytes(StandardCharsets.ISO_8859_1));
    Path wide = folder.resolve("wide.json");
    Files.write(wide, ("{\"x\": 1} " + json).getBytes(StandardCharsets.UTF_16));

    train(cohort(), "--concept-map", latin).isOneLine("latin.json", "ConceptMap", "UTF-8");
    train(cohort(), "--concept-map", wide).isOneLine("wide.json", "ConceptMap");
  }

  @Test
  void bundledConceptMapIsNoticedOnce() throws IOException {
    Path map = Files.writeString(folder.resolve("map.json"), MAP);

    assertThat(evaluate(cohort()).progress())
        .filteredOn(line -> line.contains("no --concept-map"))
        .hasSize(1);
    assertThat(evaluate(cohort(), "--concept-map", map).progress())
        .noneMatch(line -> line.contains("concept-map"));
  }

  @Test
  void pathsOfNoCharacters() {
    medcue("train", "mrkpa", "--cohort", cohort(), "--out", "")
        .isOneLine("--out is empty", "give the folder");
    medcue("train", "mrkpa", "--cohort", "", "--out", folder.resolve("v"))
        .isOneLine("--cohort is empty", "give the folder");
    train(cohort(), "--concept-map", "").isOneLine("--concept-map is empty", "ConceptMap");
  }

  @Test
  void benchmarkSaysOfWhatAndWhere() {
    Result result = medcue("benchmark", "mrkpa", "--model", model(), "--runs", 10, "--visits", 2);

    assertThat(result.exit()).isZero();
    assertThat(result.out().lines().findFirst().orElseThrow())
        .startsWith("mrkpa 1.0.0 on " + System.getProperty("os.name"))
        .contains(" CPUs, Java " + Runtime.version(), "PyTorch ", " on cpu");
    assertThat(result.out())
        .contains("golden examples: as on the CPU of its training")
        .containsPattern("explanation of 5 drugs, 2 earlier visits: [0-9]+ a second, .* of 10\n")
        .containsPattern("batch of 32, 2 earlier visits: [0-9]+ a second, .* of 10\n");
  }

  @Test
  void benchmarkOnAGpuThatIsNotThere() {
    medcue("benchmark", "mrkpa", "--model", model(), "--device", "gpu:0").isOneLine("no GPU");
  }

  @Test
  void benchmarkComparesClientsWithAndWithoutBatching() {
    Result result =
        medcue(
            "benchmark",
            "mrkpa",
            "--model",
            model(),
            "--runs",
            10,
            "--visits",
            2,
            "--clients",
            4,
            "--predictions",
            20);

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .containsPattern("4 clients without batching: [0-9]+ a second, .* of 30\n")
        .containsPattern("4 clients in batches of up to 16: [0-9]+ a second, .* of 30\n")
        .containsPattern("after 20 predictions: [0-9]+ MB resident\n");
    medcue("benchmark", "mrkpa", "--model", model(), "--clients", -1).isOneLine("--clients");
  }

  @Test
  void noSuchRegistry() {
    train(cohort(), "--registry", folder.resolve("none")).isOneLine("none");
  }

  @Test
  void reportThatCannotBeWritten() {
    evaluate(cohort(), "--json", folder.resolve("none/report.json"))
        .isOneLine("cannot write", "report.json", "folder");
    evaluate(cohort(), "--json", folder).isOneLine("cannot write");
  }

  @Test
  void versionThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    medcue("train", "mrkpa", "--epochs", 1, "--cohort", cohort(), "--out", file.resolve("v"))
        .isOneLine("cannot create the folder", "file");
  }

  @Test
  void evaluationIsPrintedAndWritten() throws IOException {
    Path report = folder.resolve("report.json");

    Result result = evaluate(cohort(), "--json", report);

    assertThat(result.errors()).isEmpty();
    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .contains("mrkpa/1.0.0 on all", "copy last visit", "as served", "label space");
    JsonNode json = new JsonMapper().readTree(report.toFile());
    assertThat(json.at("/metrics/sample/jaccard").isNumber()).isTrue();
    assertThat(json.at("/metrics/micro/f1").isNumber()).isTrue();
    assertThat(json.at("/baselines/copyLastVisit/sample/jaccard").isNumber()).isTrue();
    assertThat(json.at("/visits").intValue()).isPositive();
    assertThat(json.at("/codeCoverage/drugs/exact").doubleValue()).isEqualTo(1);
  }

  @Test
  void scoringThoseItWasTrainedOnIsCautionedAgainst() throws IOException {
    assertThat(caution(cohort(), "all")).contains("this is the very cohort", "--part test");
    assertThat(caution(cohort(), "train")).contains("this is the very cohort", "--part test");
    assertThat(caution(cohort(), "validation")).isEmpty();
    assertThat(caution(cohort(), "test")).isEmpty();
  }

  @Test
  void cohortThatMayHoldThemIsCautionedAgainstToo() throws IOException {
    Path grown = Files.createDirectory(folder.resolve("grown"));
    NdjsonCohort.write(grown, 70, 1);

    assertThat(caution(grown, "all"))
        .contains("if some of these patients", "--part test")
        .doesNotContain("very cohort");
    assertThat(caution(grown, "test")).isEmpty();
  }

  /** What stands in the JSON, which is what was printed; empty where neither has one. */
  private String caution(Path cohort, String part) throws IOException {
    Path report = folder.resolve("caution.json");
    Result result = evaluate(cohort, "--part", part, "--json", report);
    assertThat(result.exit()).isZero();
    String caution = new JsonMapper().readTree(report.toFile()).at("/caution").asText();
    if (caution.isEmpty()) {
      assertThat(result.out()).doesNotContain("Caution: ");
    } else {
      assertThat(result.out()).contains("Caution: " + caution + ".");
    }
    return caution;
  }

  @Test
  void reportFolderHoldsFiguresAndPlots() throws IOException {
    Path report = folder.resolve("new/report");

    Result result = evaluate(cohort(), "--report", report);

    assertThat(result.errors()).isEmpty();
    JsonNode json = new JsonMapper().readTree(report.resolve("evaluation.json").toFile());
    assertThat(json.at("/calibration/temperature").isNumber()).isTrue();
    assertThat(json.at("/strata/earlierVisits/0/name").asText()).isEqualTo("1");
    for (String plot : List.of("calibration.png", "thresholds.png", "strata.png")) {
      assertThat(ImageIO.read(report.resolve(plot).toFile()).getWidth()).isPositive();
    }
    assertThat(result.out())
        .contains(
            "by earlier visits: 1 ",
            "by age band: not known",
            "codes of drugs: 100.0 % exact, 0.0 % by an ancestor, 0.0 % unknown");
  }

  @Test
  void reportFolderThatIsAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    evaluate(cohort(), "--report", file).isOneLine("cannot make the folder", "file");
  }

  @Test
  void partsOfTheCohortAddUpToAll() throws IOException {
    int parts = visits("train") + visits("validation") + visits("test");

    assertThat(visits("all")).isEqualTo(parts);
    assertThat(evaluate(cohort(), "--part", "test").out()).doesNotContain("Note: ");
    evaluate(cohort(), "--part", "half").isUsageError("--part", "half");
  }

  private int visits(String part) throws IOException {
    Path report = folder.resolve(part + ".json");
    assertThat(evaluate(cohort(), "--part", part, "--json", report).exit()).isZero();
    return new JsonMapper().readTree(report.toFile()).at("/visits").intValue();
  }

  @ParameterizedTest
  @CsvSource({
    "'', serve train evaluate corpus --help --version",
    "serve, --help quarkus.datasource.jdbc.url",
    "train, mrkpa --help",
    "corpus, --dialogues --out --labels --registry --help",
    "evaluate, mrkpa --help",
    "train mrkpa, --cohort --concept-map --registry --out --epochs --seed --paper-head --help",
    "evaluate mrkpa, --cohort --concept-map --registry --model --json --report --part --help"
  })
  void helpMentionsEveryOption(String command, String mentioned) {
    List<Object> args = new ArrayList<>(List.of(command.split(" ")));
    args.removeIf(""::equals);
    args.add("--help");

    Result result = medcue(args.toArray());

    assertThat(result.exit()).isZero();
    assertThat(result.errors()).isEmpty();
    assertThat(result.out()).contains(mentioned.split(" "));
  }
}
