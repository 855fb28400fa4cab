package org.medcue.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.cli.Result.medcue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.DrugPredictor;
import org.medcue.model.ModelFolder;
import org.medcue.model.SourceAttributes;
import org.medcue.model.ddn.DdnPredictor;
import org.medcue.model.profile.TrainingProfile;
import org.medcue.model.versions.GoldenExamples;

/** The commands of DDN from dialogues to a version and its figures, on a toy corpus. */
class DdnCommandsTest {

  private static final int DIALOGUES = 24;

  @TempDir private static Path shared = Path.of("");

  private final Path folder;

  DdnCommandsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void train() throws IOException {
    writeSmallRegistry();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < DIALOGUES; i++) {
      lines.add(
          i % 2 == 0
              ? line("黄连素", "急性胃肠炎", "患者：拉肚子" + i + "天", "医生：发热吗", "患者：没有", "医生：吃[MASK]")
              : line("氯雷他定", "皮炎", "患者：皮肤很痒" + i + "天", "医生：用[MASK]，一天一次", "患者：好"));
    }
    Files.write(dialogues(), lines);
    Result result =
        medcue(
            "train",
            "ddn",
            "--dialogues",
            dialogues(),
            "--registry",
            registry(),
            "--comparison",
            comparison(),
            "--out",
            version());
    assertThat(result.exit()).as("%s %s", result.errors(), result.progress()).isZero();
    assertThat(result.out()).contains("clinical protocol: 24 dialogues", "Written: " + version());
  }

  /** The bundled knowledge with a part of its graph, whose embedding would take a minute. */
  private static void writeSmallRegistry() throws IOException {
    Path bundled = Path.of("model-registry/knowledge");
    List<Path> files;
    try (Stream<Path> walked = Files.walk(bundled)) {
      files = walked.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path copy = registry().resolve("knowledge").resolve(bundled.relativize(file));
      Files.createDirectories(copy.resolveSibling(""));
      Files.copy(file, copy);
    }
    Path graph = registry().resolve("knowledge/disease-graph/1.0.0");
    List<String> triples = Files.readAllLines(graph.resolve("triples.tsv"));
    Files.write(graph.resolve("triples.tsv"), triples.subList(0, 120));
    Files.writeString(
        graph.resolve("SHA256SUMS"),
        "%s  relations.tsv%n%s  triples.tsv%n"
            .formatted(
                ModelFolder.sha256(graph.resolve("relations.tsv")),
                ModelFolder.sha256(graph.resolve("triples.tsv"))));
  }

  private static String line(String drug, String disease, String... said) {
    return "{\"label\":[\"%s\"],\"disease\":[\"%s\"],\"dialog\":[\"%s\"]}"
        .formatted(drug, disease, String.join("\",\"", said));
  }

  private static Path registry() {
    return shared.resolve("registry");
  }

  private static Path dialogues() {
    return shared.resolve("talks.txt");
  }

  private static Path comparison() {
    return shared.resolve("comparison");
  }

  private static Path version() {
    return shared.resolve("ddn/0.1.0");
  }

  private static Result evaluate(Object... options) {
    return run("evaluate", "--model", version(), options);
  }

  private static Result compare(Object... options) {
    return run("compare", "--out", comparison(), options);
  }

  private static Result run(String command, String option, Path value, Object... options) {
    List<Object> args =
        new ArrayList<>(
            List.of(
                command,
                "ddn",
                option,
                value,
                "--dialogues",
                dialogues(),
                "--registry",
                registry()));
    args.addAll(List.of(options));
    return medcue(args.toArray());
  }

  @Test
  void aTrainedVersionAnswersAsWhenItWasMadeAndKnowsWhatItSaw() {
    ModelFolder folder = ModelFolder.open(version());
    DialogueKnowledge knowledge = DialogueKnowledge.load(registry(), DialogueKnowledge.bundled());
    try (DrugPredictor predictor = DdnPredictor.load(folder, knowledge)) {
      GoldenExamples.check(folder, predictor);
    }
    TrainingProfile profile = TrainingProfile.of(folder);
    assertThat(profile.codes().shares()).containsEntry("皮炎", 0.5);
    assertThat(profile.lengths().total()).isEqualTo(DIALOGUES);
    assertThat(SourceAttributes.missing(folder)).isEmpty();
  }

  @Test
  void aTrainedVersionHoldsItsFiguresAndItsCard() throws IOException {
    JsonNode figures = new JsonMapper().readTree(version().resolve("evaluation.json").toFile());
    String card = Files.readString(version().resolve("MODEL_CARD.md"));

    assertThat(figures.at("/clinical/metrics/micro/f1").isNumber()).isTrue();
    assertThat(figures.at("/clinical/asServed/limit").intValue()).isEqualTo(5);
    assertThat(figures.at("/paper/dialogues").intValue()).isEqualTo(DIALOGUES);
    assertThat(figures.at("/paper/asServed").isMissingNode()).isTrue();
    assertThat(figures.at("/feasibility/points")).hasSize(5);
    assertThat(card).contains("a card shows", "hits@10").doesNotContainPattern("\\{[a-zA-Z]+}");
    assertThat(ModelFolder.open(version()).manifest().version()).isEqualTo("0.1.0");
  }

  @Test
  void evaluationHasTheFieldsThatOthersRead() throws IOException {
    for (String protocol : List.of("clinical", "paper")) {
      Path json = folder.resolve(protocol + ".json");

      Result result = evaluate("--protocol", protocol, "--json", json);

      JsonNode report = new JsonMapper().readTree(json.toFile());
      assertThat(result.exit()).isZero();
      assertThat(result.out()).contains("Caution: 24 of these 24 dialogues are among those");
      assertThat(report.at("/protocol").textValue()).isEqualTo(protocol);
      assertThat(report.at("/dialogues").intValue()).isEqualTo(DIALOGUES);
      for (String field :
          List.of("micro/jaccard", "micro/f1", "sample/jaccard", "sample/f1", "sample/prAuc")) {
        assertThat(report.at("/metrics/" + field).doubleValue()).as(field).isBetween(0.0, 1.0);
      }
      assertThat(report.at("/threshold").doubleValue()).isBetween(0.0, 1.0);
    }
  }

  @Test
  void feasibilityIsDrawn() throws IOException {
    assertThat(evaluate("--feasibility", folder).out()).contains("20 % said", "100 % said");

    assertThat(folder.resolve("feasibility.json")).isNotEmptyFile();
    assertThat(ImageIO.read(folder.resolve("feasibility.png").toFile()).getWidth())
        .isGreaterThan(300);
  }

  @Test
  void aCaseShowsWhatWasSaidUpToTheMarkAndWhatWasPredicted() {
    Result result = evaluate("--case", 2);

    assertThat(result.out())
        .contains("talks:2", "Recommended: 氯雷他定", "patient: 皮肤很痒1天", "doctor: 用")
        .doesNotContain("一天一次");
    evaluate("--case", 99).isOneLine("no dialogue on line 99");
    evaluate("--case", 2, "--json", folder.resolve("x")).isOneLine("leave --json");
  }

  @Test
  void comparisonKeepsTheRunsOfTheTrainingAndTablesThem() throws IOException {
    assertThat(compare("--list").out()).contains("finished  ddn-network-5", "          lsan-1");

    Result result = compare("--only", "disease-prior-.*");

    assertThat(result.exit()).isZero();
    assertThat(Files.readString(comparison().resolve("comparison.md")))
        .contains("| drugs of the disease by frequency | 5 |", "| DDN: the network blended")
        .contains("## Clinical protocol", "## Paper protocol");
    compare("--only", "ddn").isOneLine("no run has such a name", "--list");
  }

  @Test
  void mistakesAreOneLine() {
    medcue("evaluate", "ddn", "--model", version(), "--dialogues", folder.resolve("none"))
        .isOneLine("none");
    medcue("evaluate", "ddn", "--model", folder, "--dialogues", dialogues()).isOneLine("manifest");
    medcue("train", "ddn", "--dialogues", dialogues(), "--out", version())
        .isOneLine("exists already");
    evaluate("--json", folder.resolve("no/such/folder.json")).isOneLine("cannot write");
    medcue("evaluate", "ddn", "--model", "model-registry/mrkpa/2.1.0", "--dialogues", dialogues())
        .isOneLine("holds a version of mrkpa", "name one of ddn");
    evaluate("--protocol", "other").isUsageError("other");
  }
}
