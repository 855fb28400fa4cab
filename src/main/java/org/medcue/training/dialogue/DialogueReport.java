package org.medcue.training.dialogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medcue.knowledge.DialogueDisease;
import org.medcue.training.evaluation.AsServed;
import org.medcue.training.evaluation.VisitScore;

/**
 * What an evaluation on dialogues found.
 *
 * @param model name and version
 * @param protocol what of the dialogues the model read
 * @param dialogues with at least one recommended drug
 * @param threshold from which a drug counted as predicted; over several folds their mean
 * @param metrics of all dialogues
 * @param asServed what a card would show; under the clinical protocol only
 * @param labelCoverage share of the drugs recommended that the model knows: no recall can be higher
 * @param right dialogues in which exactly the recommended drugs were predicted
 * @param errors the others, by class
 * @param diseases results by disease, in the order of the labels
 * @param departments results by department
 * @param caution why the figures may flatter the model; absent where nothing is known that would
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DialogueReport(
    String model,
    Protocol protocol,
    int dialogues,
    double threshold,
    DialogueMetrics metrics,
    @Nullable AsServed asServed,
    double labelCoverage,
    int right,
    Map<ErrorClass, Errors> errors,
    List<DialogueGroup> diseases,
    List<DialogueGroup> departments,
    @Nullable String caution) {

  /**
   * Errors of one class.
   *
   * @param dialogues in which it was made
   * @param share of all wrong dialogues, as in the DDN paper's table 3
   */
  public record Errors(int dialogues, double share) {}

  /**
   * Sums up.
   *
   * @param folds all that were scored, each with its own threshold, at least one
   */
  public static DialogueReport of(
      String model, Protocol protocol, List<ScoredFold> folds, @Nullable String caution) {
    List<VisitScore> scores = folds.stream().flatMap(ScoredFold::scores).toList();
    Map<ErrorClass, Errors> errors = errors(scores);
    int wrong = errors.values().stream().mapToInt(Errors::dialogues).sum();
    return new DialogueReport(
        model,
        protocol,
        scores.size(),
        ScoredFold.meanThreshold(folds),
        DialogueMetrics.of(scores),
        protocol == Protocol.CLINICAL ? asServed(folds) : null,
        labelCoverage(folds),
        scores.size() - wrong,
        errors,
        groups(
            folds, Comparator.comparingInt(DialogueDisease::index), disease -> disease.english()),
        groups(
            folds,
            Comparator.comparing(DialogueDisease::department),
            disease -> disease.department().name().toLowerCase(Locale.ROOT)),
        caution);
  }

  private static AsServed asServed(List<ScoredFold> folds) {
    return AsServed.of(
        folds.stream()
            .flatMap(fold -> fold.dialogues().stream())
            .map(ScoredDialogue::scoreAsServed)
            .toList());
  }

  private static Map<ErrorClass, Errors> errors(List<VisitScore> scores) {
    Map<ErrorClass, Long> counts =
        scores.stream()
            .flatMap(score -> ErrorClass.of(score).stream())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    long wrong = counts.values().stream().mapToLong(Long::longValue).sum();
    Map<ErrorClass, Errors> errors = new EnumMap<>(ErrorClass.class);
    for (ErrorClass kind : ErrorClass.values()) {
      long count = counts.getOrDefault(kind, 0L);
      errors.put(kind, new Errors((int) count, (double) count / Math.max(1, wrong)));
    }
    return errors;
  }

  private static double labelCoverage(List<ScoredFold> folds) {
    long known = 0;
    long all = 0;
    for (ScoredFold fold : folds) {
      for (ScoredDialogue dialogue : fold.dialogues()) {
        known += dialogue.prescribed().length;
        all += dialogue.prescribed().length + dialogue.otherDrugs();
      }
    }
    return (double) known / Math.max(1, all);
  }

  private static List<DialogueGroup> groups(
      List<ScoredFold> folds,
      Comparator<DialogueDisease> sameGroup,
      Function<DialogueDisease, String> name) {
    Map<DialogueDisease, List<VisitScore>> byGroup = new TreeMap<>(sameGroup);
    for (ScoredFold fold : folds) {
      for (ScoredDialogue dialogue : fold.dialogues()) {
        byGroup
            .computeIfAbsent(dialogue.disease(), first -> new ArrayList<>())
            .add(dialogue.score(fold.rule()));
      }
    }
    return byGroup.entrySet().stream()
        .map(group -> DialogueGroup.of(name.apply(group.getKey()), group.getValue()))
        .toList();
  }
}
