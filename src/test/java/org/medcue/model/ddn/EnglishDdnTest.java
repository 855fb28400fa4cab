package org.medcue.model.ddn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.Utterance;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.ModelFolder;
import org.medcue.model.ModelManifest;
import org.medcue.model.learning.Calibration;
import org.medcue.model.learning.TrainingPhase.Schedule;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.model.text.PretrainedEncoder;

/** DDN on an English encoder: the proof that a version brings its own. */
class EnglishDdnTest {

  private static final DialogueKnowledge KNOWLEDGE =
      DialogueKnowledge.load(Path.of("model-registry"), DialogueKnowledge.bundled());
  private static final int COUGH_DRUG = 3;
  private static final int SKIN_DRUG = 40;

  @Test
  void versionOnAnotherEncoderLearnsIsSavedAndAnswers(@TempDir Path folder) throws IOException {
    DdnConfig config = DdnConfig.standard().withEncoder(PretrainedEncoder.ALL_MINILM_L6_V2, 4);
    List<DdnFineTuning.Example> examples = examples();
    try (Ddn ddn =
        new Ddn(
            learned(config, examples),
            WordingRegression.fit(KNOWLEDGE, examples, 0.1),
            new Calibration(1))) {
      save(ddn, folder);
    }

    try (Ddn loaded = Ddn.load(ModelFolder.open(folder), KNOWLEDGE, DeviceChoice.CPU)) {
      assertThat(loaded.config()).isEqualTo(config);
      float[] cough = loaded.probabilities(complaining("I cough, with phlegm, since Monday"), 0);
      float[] itch = loaded.probabilities(complaining("My skin itches since Monday"), 0);
      assertThat(cough[COUGH_DRUG]).isGreaterThan(cough[SKIN_DRUG]);
      assertThat(itch[SKIN_DRUG]).isGreaterThan(itch[COUGH_DRUG]);
    }
  }

  private static DdnModel learned(DdnConfig config, List<DdnFineTuning.Example> examples) {
    DdnModel model = DdnModel.initialise(config, KNOWLEDGE, 7, DeviceChoice.CPU);
    try (DdnFineTuning tuning =
        new DdnFineTuning(model, examples, new Schedule(6, 4, 3e-3f, 0.01f, 5))) {
      double first = tuning.epoch(1, (done, loss) -> {});
      double last = first;
      for (int epoch = 2; epoch <= 6; epoch++) {
        last = tuning.epoch(epoch, (done, loss) -> {});
      }
      assertThat(last).isLessThan(first / 2);
      tuning.keepAverages();
      float[][] logits =
          model.logits(
              List.of(asked("I have coughed for four days"), asked("Itching for four days")));
      assertThat(logits[0][COUGH_DRUG]).isGreaterThan(logits[0][SKIN_DRUG]);
      assertThat(logits[1][SKIN_DRUG]).isGreaterThan(logits[1][COUGH_DRUG]);
    }
    return model;
  }

  private static List<DdnFineTuning.Example> examples() {
    List<DdnFineTuning.Example> examples = new ArrayList<>();
    for (String days : List.of("one day", "two days", "three days", "a week")) {
      examples.add(
          new DdnFineTuning.Example(
              asked("I have been coughing up phlegm for " + days), List.of(COUGH_DRUG)));
      examples.add(
          new DdnFineTuning.Example(
              asked("My skin has been very itchy for " + days), List.of(SKIN_DRUG)));
    }
    return examples;
  }

  private static DdnModel.Asked asked(String complaint) {
    return new DdnModel.Asked(complaining(complaint), 0);
  }

  private static Dialogue complaining(String complaint) {
    return new Dialogue(
        List.of(
            new Utterance(Speaker.PATIENT, complaint),
            new Utterance(Speaker.DOCTOR, "Anything else?"),
            new Utterance(Speaker.PATIENT, "No")));
  }

  private static void save(Ddn ddn, Path folder) throws IOException {
    ddn.save(folder);
    ModelFolder.seal(
        folder,
        new ModelManifest(
            "ddn",
            "0.0.1",
            new JsonMapper().valueToTree(ddn.config()),
            KNOWLEDGE.versions(),
            0.2,
            Map.of(),
            Map.of(),
            Map.of()));
  }
}
