package org.medcue.training.fitting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.learning.TrainingPhase.Schedule;

/**
 * Everything that decides the result of a training.
 *
 * @param values by the option that a user gives it with
 */
public record TrainingInputs(Map<String, String> values) {

  /** Covers what has no option, so that a release that changes such a setting is told apart. */
  private static final String REST = "settings that have no option";

  private static final int LONGEST_SHOWN = 24;

  public TrainingInputs {
    values = Map.copyOf(values);
  }

  /** Inputs that cannot be told apart. */
  public static TrainingInputs of(String fingerprint) {
    return new TrainingInputs(Map.of("data or settings", fingerprint));
  }

  /** What decides a version of MR-KPA. */
  static TrainingInputs of(MrKpaTraining.Options options, KnowledgeBase knowledge) {
    MrKpaRecipe recipe = options.recipe();
    Schedule fineTuning = recipe.fineTuning();
    Map<String, Object> inputs = new LinkedHashMap<>();
    inputs.put("--cohort or --concept-map", options.source().fingerprint());
    inputs.put("--split-seed", options.split().seed());
    inputs.put("--registry or its knowledge", knowledge.versions());
    inputs.put("--epochs", fineTuning.epochs());
    inputs.put("--learning-rate", fineTuning.learningRate());
    inputs.put(
        "--pretraining-epochs", recipe.preTraining() == null ? 0 : recipe.preTraining().epochs());
    inputs.put("--rounds", recipe.rounds());
    inputs.put("--patience", recipe.patience());
    inputs.put("--seed", fineTuning.seed());
    inputs.put("--without ontology", !recipe.ontology());
    inputs.put("--labels", recipe.labels().name().toLowerCase(Locale.ROOT));
    inputs.put("--attack", recipe.attack().target().name().toLowerCase(Locale.ROOT));
    inputs.put("--epsilon", recipe.attack().epsilon());
    inputs.put("--paper-head", !recipe.network().drugMemory());
    inputs.put(REST, recipe);
    Map<String, String> values = new LinkedHashMap<>();
    inputs.forEach((name, value) -> values.put(name, value.toString()));
    return new TrainingInputs(values);
  }

  /** The options that are others now, with what they were and are where that is short. */
  List<String> differences(TrainingInputs now) {
    Set<String> names = new TreeSet<>(values.keySet());
    names.addAll(now.values.keySet());
    names.removeIf(name -> Objects.equals(values.get(name), now.values.get(name)));
    if (names.size() > 1) {
      names.remove(REST);
    }
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      String was = values.getOrDefault(name, "none");
      String is = now.values.getOrDefault(name, "none");
      boolean shown = was.length() <= LONGEST_SHOWN && is.length() <= LONGEST_SHOWN;
      differences.add(shown ? name + " (was " + was + ", now " + is + ")" : name);
    }
    return differences;
  }
}
