package org.medcue.model.ddn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.Utterance;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.ModelManifest;
import org.medcue.model.learning.Calibration;
import org.medcue.model.learning.TrainingPhase.Schedule;
import org.medcue.model.nn.DeviceChoice;

class DdnTest {

  private static final DialogueKnowledge KNOWLEDGE =
      DialogueKnowledge.load(Path.of("model-registry"), DialogueKnowledge.bundled());
  private static final int COUGH_DRUG = 3;
  private static final int SKIN_DRUG = 40;
  private static final Dialogue COUGH = complaining("咳嗽有痰三天");
  private static final Dialogue ITCH = complaining("皮肤很痒三天");

  @TempDir private Path folder = Path.of("");

  private static DdnModel network;
  private static Ddn trained;

  /** A few steps on a few dialogues: enough for weights that are not those of the start. */
  @BeforeAll
  static void train() {
    List<DdnFineTuning.Example> examples =
        IntStream.range(0, 12)
            .mapToObj(
                i ->
                    new DdnFineTuning.Example(
                        new DdnModel.Asked(i % 2 == 0 ? COUGH : ITCH, 0),
                        List.of(i % 2 == 0 ? COUGH_DRUG : SKIN_DRUG)))
            .toList();
    network = DdnModel.initialise(DdnConfig.standard(), KNOWLEDGE, 7, DeviceChoice.CPU);
    try (DdnFineTuning tuning =
        new DdnFineTuning(network, examples, new Schedule(2, 4, 1e-3f, 0.01f, 5))) {
      for (int epoch = 1; epoch <= 2; epoch++) {
        tuning.epoch(epoch, (done, loss) -> {});
      }
    }
    trained =
        new Ddn(network, WordingRegression.fit(KNOWLEDGE, examples, 0.1), new Calibration(1.5));
  }

  @AfterAll
  static void close() {
    trained.close();
  }

  @Test
  void loadedVersionSaysWhatTheSavedOneSaid() throws IOException {
    float[] before = trained.probabilities(COUGH, 0);
    save();

    try (Ddn loaded = Ddn.load(ModelFolder.open(folder), KNOWLEDGE, DeviceChoice.CPU)) {
      float[] after = loaded.probabilities(COUGH, 0);

      assertThat(after[COUGH_DRUG]).isGreaterThan(after[SKIN_DRUG]);
      for (int drug = 0; drug < before.length; drug++) {
        assertThat(after[drug]).isCloseTo(before[drug], within(2e-3f)); // half precision
      }
    }
  }

  @Test
  void manyThreadsGetWhatOneGets() throws Exception {
    List<Dialogue> talks = List.of(COUGH, ITCH, complaining("发烧三天，喉咙痛，咳嗽"));
    List<float[]> alone = talks.stream().map(talk -> trained.probabilities(talk, 1)).toList();
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<float[]>> answers = new ArrayList<>();
      for (int call = 0; call < 96; call++) {
        Dialogue talk = talks.get(call % talks.size());
        answers.add(threads.submit(() -> trained.probabilities(talk, 1)));
      }
      for (int call = 0; call < answers.size(); call++) {
        assertThat(answers.get(call).get()).containsExactly(alone.get(call % talks.size()));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void severalInOnePassGetWhatOneGets() {
    List<DdnModel.Asked> asked =
        List.of(
            new DdnModel.Asked(COUGH, 0),
            new DdnModel.Asked(complaining("发烧三天，喉咙痛".repeat(20)), 3),
            new DdnModel.Asked(ITCH, 9),
            new DdnModel.Asked(new Dialogue(List.of(new Utterance(Speaker.PATIENT, "痒"))), 16));

    List<float[]> together = trained.probabilitiesOfAll(asked);

    float[] flat = network.together(asked);
    for (int i = 0; i < asked.size(); i++) {
      float[] alone = trained.probabilities(asked.get(i).dialogue(), asked.get(i).disease());
      float[] logits = network.logits(List.of(asked.get(i)))[0];
      for (int drug = 0; drug < alone.length; drug++) {
        assertThat(together.get(i)[drug]).isCloseTo(alone[drug], within(1e-5f));
        assertThat(flat[i * alone.length + drug]).isCloseTo(logits[drug], within(1e-4f));
      }
    }
    assertThat(trained.probabilitiesOfAll(List.of())).isEmpty();
  }

  @Test
  void nativeMemoryIsThatOfTheNetworkWithoutWhatWasReleased() {
    long upperLayers = 2 * 12 * 512L * 512 * 4;
    long words = 21128 * 512L * 4;

    assertThat(trained.nativeBytes()).isBetween(words + 2 * upperLayers, words + 3 * upperLayers);
  }

  @Test
  void changedWeightsAreNotLoaded() throws IOException {
    save();
    Files.write(folder.resolve("weights.safetensors"), new byte[] {1});

    assertThatThrownBy(() -> ModelFolder.open(folder)).isInstanceOf(ModelException.class);
  }

  @Test
  void whatSpeaksForADrugWeighsMost() {
    float[][] weights = trained.utteranceWeights(COUGH, 0);

    assertThat(weights).hasDimensions(3, KNOWLEDGE.drugs().drugs().size());
    assertThat(weights[0][COUGH_DRUG]).isGreaterThan(weights[1][COUGH_DRUG]);
  }

  @Test
  void silenceAndVeryLongTalksAreAnswered() {
    Dialogue longTalk =
        new Dialogue(
            IntStream.range(0, 400)
                .mapToObj(
                    i ->
                        new Utterance(
                            i % 2 == 0 ? Speaker.PATIENT : Speaker.DOCTOR, "咳嗽了很久".repeat(5) + i))
                .toList());

    assertThat(trained.probabilities(Dialogue.EMPTY, 2)).hasSize(70);
    assertThat(trained.utteranceWeights(Dialogue.EMPTY, 2)).isEmpty();
    float[][] weights = trained.utteranceWeights(longTalk, 2);
    assertThat(weights).hasNumberOfRows(400);
    assertThat(weights[200]).containsOnly(0f);
    assertThat(weights[399][COUGH_DRUG]).isNotZero();
    assertThat(trained.outOfContext(longTalk)).isBetween(370, 399);
    assertThat(trained.unweighed(longTalk)).isBetween(340, 398);
    assertThat(weights[trained.unweighed(longTalk)]).containsOnly(0f);
    assertThat(weights[trained.unweighed(longTalk) + 1][COUGH_DRUG]).isNotZero();
    assertThat(trained.unweighed(COUGH)).isZero();
    assertThat(trained.outOfContext(COUGH)).isZero();
    assertThat(trained.outOfContext(Dialogue.EMPTY)).isZero();
  }

  private static Dialogue complaining(String complaint) {
    return new Dialogue(
        List.of(
            new Utterance(Speaker.PATIENT, complaint),
            new Utterance(Speaker.DOCTOR, "发烧吗"),
            new Utterance(Speaker.PATIENT, "不发烧")));
  }

  private void save() throws IOException {
    trained.save(folder);
    ModelFolder.seal(
        folder,
        new ModelManifest(
            "ddn",
            "0.0.1",
            new JsonMapper().valueToTree(trained.config()),
            KNOWLEDGE.versions(),
            0.2,
            Map.of(),
            Map.of(),
            Map.of()));
  }
}
