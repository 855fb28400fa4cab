package org.medcue.training.fitting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.ModelFolder;
import org.medcue.model.SourceAttributes;
import org.medcue.model.learning.TrainingPhase;
import org.medcue.model.mrkpa.Attack;
import org.medcue.model.mrkpa.MrKpaConfig;
import org.medcue.model.mrkpa.MrKpaModel;
import org.medcue.model.mrkpa.MrKpaPredictor;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.model.profile.TrainingProfile;
import org.medcue.model.versions.GoldenExamples;
import org.medcue.model.visits.LabelSpace;
import org.medcue.training.CohortSource;
import org.medcue.training.CohortSplit;
import org.medcue.training.NdjsonCohort;
import org.medcue.training.Progress;
import org.medcue.training.TrainingException;
import org.medcue.training.evaluation.EvaluationReport;
import org.medcue.training.evaluation.ModelEvaluation;

class MrKpaTrainingTest {

  private static final KnowledgeBase KNOWLEDGE =
      KnowledgeBase.load(Path.of("model-registry"), KnowledgeBase.bundled());
  private static final Progress SILENT = (what, done, total) -> {};
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

  @TempDir private static Path cohort = Path.of("");

  private final Path registry;

  MrKpaTrainingTest(@TempDir Path registry) {
    this.registry = registry;
  }

  @BeforeAll
  static void writeCohort() throws IOException {
    NdjsonCohort.write(cohort, 60, 1);
  }

  @Test
  void versionIsCompleteAndBetterThanCopying() throws IOException {
    ModelEvaluation evaluation = train("1.0.0", 6, 20221219, SILENT);

    Path version = registry.resolve("1.0.0");
    assertThat(names(registry)).containsExactly("1.0.0");
    assertThat(names(version))
        .containsExactly(
            "MODEL_CARD.md",
            "calibration.json",
            "calibration.png",
            "dosages.json",
            "evaluation.json",
            "golden.json",
            "manifest.json",
            "manifest.json.sha256",
            "products.json",
            "profile.json",
            "strata.png",
            "thresholds.png",
            "training.json",
            "vocabulary.json",
            "weights.safetensors");
    ModelFolder folder = ModelFolder.open(version);
    try (MrKpaPredictor predictor = MrKpaPredictor.load(folder, KNOWLEDGE)) {
      GoldenExamples.check(folder, predictor);
    }
    TrainingProfile profile = TrainingProfile.of(folder);
    assertThat(profile.codes().shares()).hasSizeGreaterThan(2);
    assertThat(profile.drugs().total()).isPositive();
    assertThat(profile.unknownInTraining()).isZero();
    assertThat(SourceAttributes.missing(folder)).isEmpty();
    assertThat(folder.manifest().version()).isEqualTo("1.0.0");
    assertThat(folder.manifest().knowledge()).isEqualTo(KNOWLEDGE.versions());
    assertThat(folder.manifest().provenance())
        .containsEntry("created", "2026-11-22T12:00:00Z")
        .containsEntry("seed", "20221219")
        .containsKeys("dataFingerprint", "splitSeed", "bestEpoch");
    assertThat(folder.read("dosages.json", JsonNode.class).at("/314076/0/text").asText())
        .isEqualTo("one tablet a day");
    for (EvaluationReport report : List.of(evaluation.validation(), evaluation.test())) {
      assertThat(report.visits()).isPositive();
      assertThat(report.metrics().sample().jaccard())
          .isGreaterThan(report.baselines().copyLastVisit().sample().jaccard());
    }
  }

  @Test
  void evaluationFileHasTheFieldsThatReadersNeed() throws IOException {
    train("1.0.0", 1, 20221219, SILENT);

    JsonNode json = new JsonMapper().readTree(registry.resolve("1.0.0/evaluation.json").toFile());
    for (String field :
        List.of(
            "/metrics/sample/jaccard",
            "/metrics/sample/f1",
            "/metrics/sample/prAuc",
            "/metrics/micro/jaccard",
            "/metrics/micro/f1",
            "/baselines/copyLastVisit/sample/jaccard")) {
      for (String part : List.of("/validation", "/test")) {
        assertThat(json.at(part + field).isNumber()).as(part + field).isTrue();
        assertThat(json.at(part + field).doubleValue()).as(part + field).isBetween(0.0, 1.0);
      }
    }
    assertThat(json.fieldNames()).toIterable().containsExactly("validation", "test");
    assertThat(json.at("/validation/visits").isIntegralNumber()).isTrue();
    assertThat(json.at("/validation/part").asText()).isEqualTo("validation");
    assertThat(json.at("/test/part").asText()).isEqualTo("test");
    for (String field : List.of("diagnoses", "drugs", "symptoms")) {
      JsonNode coverage = json.at("/validation/codeCoverage/" + field);
      assertThat(coverage.at("/exact").doubleValue()).as(field).isBetween(0.0, 1.0);
      assertThat(coverage.at("/ancestor").doubleValue()).as(field).isBetween(0.0, 1.0);
    }
  }

  @Test
  void thresholdIsTheValidationPatientsAndStandsInTheManifest() {
    ModelEvaluation evaluation = train("1.0.0", 1, 20221219, SILENT);

    double threshold = ModelFolder.open(registry.resolve("1.0.0")).manifest().threshold();
    assertThat(threshold)
        .isEqualTo(evaluation.validation().threshold())
        .isEqualTo(evaluation.test().threshold())
        .isBetween(0.05, 0.65);
  }

  @Test
  void sameSeedGivesTheSameWeights() throws IOException {
    train("a", 1, 20221219, SILENT);
    train("b", 1, 20221219, SILENT);
    train("c", 1, 20221220, SILENT);

    assertThat(weights("b")).isEqualTo(weights("a")).isNotEqualTo(weights("c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"reading", "pre-training 1/2", "fine-tuning 1/3", "fine-tuning 3/3", "evaluating"})
  void interruptedTrainingGoesOnToTheSameVersion(String during) throws IOException {
    train("a", 3, 20221219, SILENT);

    assertThatThrownBy(() -> train("b", 3, 20221219, interruptedAt(during)))
        .hasMessage("interrupted");
    assertThat(registry.resolve("b")).doesNotExist();
    training(cohort, "b", 3, 20221219, SILENT, true).run();

    assertThat(weights("b")).isEqualTo(weights("a"));
    assertThat(historyWithoutSeconds("b")).isEqualTo(historyWithoutSeconds("a"));
    assertThat(names(registry)).containsExactly("a", "b");
  }

  @Test
  void unfinishedTrainingIsNeitherOverwrittenNorMixed() {
    assertThatThrownBy(() -> train("a", 3, 20221219, interruptedAt("fine-tuning 2/3")))
        .hasMessage("interrupted");

    assertThatThrownBy(() -> train("a", 3, 20221219, SILENT))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("--resume");
    assertThatThrownBy(() -> training(cohort, "a", 3, 7, SILENT, true).run())
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("other options: --seed (was 20221219, now 7);");
  }

  @Test
  void historyHasEveryEpochOfTheTraining() throws IOException {
    List<String> lines = new ArrayList<>();
    train("1.0.0", 2, 20221219, keeping(lines));

    JsonNode json = historyWithoutSeconds("1.0.0");
    assertThat(json.at("/epochs"))
        .extracting(e -> e.at("/phase").asText() + " " + e.at("/epoch").asInt())
        .containsExactly("pre-training 1", "pre-training 2", "fine-tuning 1", "fine-tuning 2");
    assertThat(json.at("/epochs/0/loss").doubleValue()).isPositive();
    assertThat(json.at("/epochs/0/validationPrAuc").isNull()).isTrue();
    assertThat(json.at("/epochs/3/validationPrAuc").doubleValue()).isBetween(0.0, 1.0);
    assertThat(json.at("/bestEpoch").intValue()).isBetween(1, 2);
    assertThat(lines)
        .extracting(line -> line.split(", ", 2)[0].replaceAll("[0-9.]+$", "#"))
        .containsExactly(
            "read # visits of 60 patients".replace("#", lines.get(0).split(" ")[1]),
            "pre-training 1/2: loss #",
            "pre-training 2/2: loss #",
            "fine-tuning 1/2: loss #",
            "fine-tuning 2/2: loss #",
            lines.get(5));
    assertThat(lines.get(5)).startsWith("evaluated ");
  }

  private static Progress keeping(List<String> lines) {
    return new Progress() {
      @Override
      public void update(String what, long done, long total) {}

      @Override
      public void finished(String line) {
        lines.add(line);
      }
    };
  }

  private JsonNode historyWithoutSeconds(String version) throws IOException {
    JsonNode json =
        new JsonMapper().readTree(registry.resolve(version).resolve("training.json").toFile());
    for (JsonNode epoch : json.at("/epochs")) {
      ((ObjectNode) epoch).remove(List.of("seconds", "validationSeconds"));
    }
    return json;
  }

  private static Progress interruptedAt(String during) {
    return (what, done, total) -> {
      if (what.startsWith(during)) {
        throw new IllegalStateException("interrupted");
      }
    };
  }

  @Test
  void existingVersionIsNotTouched() throws IOException {
    Path version = Files.createDirectory(registry.resolve("1.0.0"));
    Files.writeString(version.resolve("manifest.json"), "mine");

    assertThatThrownBy(() -> train("1.0.0", 1, 20221219, SILENT))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("exists already");
    assertThat(version.resolve("manifest.json")).hasContent("mine");
  }

  @Test
  void missingParentsOfTheVersionAreMade() {
    train("models/mrkpa/1.0.0", 1, 20221219, SILENT);

    assertThat(ModelFolder.open(registry.resolve("models/mrkpa/1.0.0")).manifest().version())
        .isEqualTo("1.0.0");
  }

  @Test
  void cohortOfNobodyWithTwoOrdersIsRefused(@TempDir Path empty) throws IOException {
    NdjsonCohort.writeWithoutOrders(empty, 30);

    assertThatThrownBy(() -> training(empty, "1.0.0", 1, 1, SILENT).run())
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("no drug order");
  }

  private ModelEvaluation train(String version, int epochs, int seed, Progress progress) {
    return training(cohort, version, epochs, seed, progress).run().evaluation();
  }

  private MrKpaTraining training(
      Path folder, String version, int epochs, int seed, Progress progress) {
    return training(folder, version, epochs, seed, progress, false);
  }

  private MrKpaTraining training(
      Path folder, String version, int epochs, int seed, Progress progress, boolean resume) {
    return new MrKpaTraining(
        new MrKpaTraining.Options(
            new CohortSource(folder, Optional.empty()),
            registry.resolve(version),
            new MrKpaRecipe(
                new MrKpaConfig(16, 2, 1, 2, 16, 0.1f, true),
                LabelSpace.PRODUCT,
                true,
                new TrainingPhase.Schedule(2, 16, 1e-2f, 0.01f, seed),
                new TrainingPhase.Schedule(epochs, 4, 2e-2f, 0.01f, seed),
                new Attack(Attack.Target.TABLES, 1),
                1,
                5),
            new CohortSplit(CohortSplit.STANDARD_SEED),
            DeviceChoice.CPU,
            resume,
            Optional.empty(),
            List.of()),
        KNOWLEDGE,
        progress,
        NOON);
  }

  private byte[] weights(String version) throws IOException {
    return Files.readAllBytes(registry.resolve(version).resolve(MrKpaModel.WEIGHTS));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> String.valueOf(f.getFileName())).sorted().toList();
    }
  }
}
