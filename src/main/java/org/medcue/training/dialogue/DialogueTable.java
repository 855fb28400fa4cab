package org.medcue.training.dialogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.medcue.training.evaluation.RunComparison;
import org.medcue.training.evaluation.RunScores;
import org.medcue.training.evaluation.SeedSummary;

/** The table of a comparison over dialogues: every system under both protocols. */
final class DialogueTable {

  /** What the others are compared with. */
  private static final String WHOLE = "ddn";

  private final List<CrossValidation.Fold> folds;
  private final DialogueSystems systems;
  private final Map<String, Map<Integer, KeptFold>> kept;

  /**
   * @param kept what is finished, by system and fold
   */
  DialogueTable(
      List<CrossValidation.Fold> folds,
      DialogueSystems systems,
      Map<String, Map<Integer, KeptFold>> kept) {
    this.folds = folds;
    this.systems = systems;
    this.kept = new LinkedHashMap<>(kept);
    systems.blends().forEach(blend -> this.kept.put(blend.key(), blended(blend)));
  }

  private Map<Integer, KeptFold> blended(DialogueBlend blend) {
    Map<Integer, KeptFold> others = kept.getOrDefault(blend.other(), Map.of());
    Map<Integer, KeptFold> blended = new TreeMap<>();
    kept.getOrDefault(blend.network(), Map.of())
        .forEach(
            (fold, network) -> {
              KeptFold other = others.get(fold);
              if (other != null) {
                blended.put(fold, network.blendedWith(other, blend.share()));
              }
            });
    return blended;
  }

  String markdown() {
    StringBuilder text =
        new StringBuilder(
            """
            # DDN compared

            Cross-validation over dialogues: each fold is scored by a system fitted on the other four,
            its threshold chosen on what the systems of the other folds score, its probabilities
            calibrated by one temperature. Mean and standard
            deviation over folds, in per cent; DDN's gain in pairs over all dialogues of the folds that
            both have, with a 95 % bootstrap interval over dialogues. Under the paper's protocol every
            system is told how many drugs there are: as many as marks.

            """);
    for (Protocol protocol : Protocol.values()) {
      text.append(
          """
          ## %s protocol

          | system | folds | micro Jaccard | micro F1 | Jaccard | F1 | PR-AUC | DDN's gain, micro F1 | DDN's gain, PR-AUC | minutes a fold |
          |---|---|---|---|---|---|---|---|---|---|
          """
              .formatted(
                  protocol.key().substring(0, 1).toUpperCase(Locale.ROOT)
                      + protocol.key().substring(1)));
      titles().forEach((key, title) -> text.append(row(protocol, key, title)));
      text.append('\n');
    }
    return text.toString();
  }

  private Map<String, String> titles() {
    Map<String, String> titles = new LinkedHashMap<>();
    systems.all().forEach(system -> titles.put(system.key(), system.title()));
    systems.blends().forEach(blend -> titles.put(blend.key(), blend.title()));
    return titles;
  }

  /** Nothing for a system with fewer than two folds: there is nothing to choose a threshold on. */
  private String row(Protocol protocol, String key, String title) {
    Map<Integer, ScoredFold> scored = scored(protocol, key);
    if (scored.isEmpty()) {
      return "";
    }
    List<RunScores> runs = new ArrayList<>();
    scored.forEach((fold, part) -> runs.add(ScoredFold.run(key, fold, List.of(part))));
    SeedSummary scores = SeedSummary.of(runs);
    String[] gains = key.equals(WHOLE) ? new String[] {"", ""} : gains(protocol, key);
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %s | %s | %s | %s | %s | %s | %.1f |%n",
        title,
        runs.size(),
        percent(scores.microJaccard()),
        percent(scores.microF1()),
        percent(scores.jaccard()),
        percent(scores.f1()),
        percent(scores.prAuc()),
        gains[0],
        gains[1],
        ofSystem(key).values().stream().mapToDouble(KeptFold::minutes).average().orElse(0));
  }

  /** Of DDN over a system, over the folds that both have; the thresholds are of these alone. */
  private String[] gains(Protocol protocol, String key) {
    List<Integer> both =
        ofSystem(key).keySet().stream().filter(ofSystem(WHOLE)::containsKey).toList();
    if (both.size() < 2) {
      return new String[] {"", ""};
    }
    RunComparison gain =
        RunComparison.between(
            List.of(pooled(protocol, WHOLE, both)), List.of(pooled(protocol, key, both)));
    return new String[] {
      gain.micro().f1().brief(4), gain.prAuc().overVisits().brief(4),
    };
  }

  private RunScores pooled(Protocol protocol, String key, List<Integer> numbers) {
    return ScoredFold.run(
        key, DialogueComparison.SEED, List.copyOf(scored(protocol, key, numbers).values()));
  }

  private Map<Integer, ScoredFold> scored(Protocol protocol, String key) {
    return scored(protocol, key, List.copyOf(ofSystem(key).keySet()));
  }

  private Map<Integer, ScoredFold> scored(Protocol protocol, String key, List<Integer> numbers) {
    if (numbers.size() < 2) {
      return Map.of();
    }
    List<ScoredFold> fitted =
        new SystemFolds(
                numbers.stream().map(number -> folds.get(number - 1)).toList(),
                numbers.stream()
                    .map(number -> Objects.requireNonNull(ofSystem(key).get(number)))
                    .toList())
            .calibrated()
            .crossFitted(protocol);
    Map<Integer, ScoredFold> byNumber = new TreeMap<>();
    for (int i = 0; i < numbers.size(); i++) {
      byNumber.put(numbers.get(i), fitted.get(i));
    }
    return byNumber;
  }

  private Map<Integer, KeptFold> ofSystem(String key) {
    return kept.getOrDefault(key, Map.of());
  }

  private static String percent(SeedSummary.Spread spread) {
    return String.format(Locale.ROOT, "%.2f ± %.2f", 100 * spread.mean(), 100 * spread.deviation());
  }
}
