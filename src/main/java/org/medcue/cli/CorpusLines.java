package org.medcue.cli;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.medcue.knowledge.DialogueDisease;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.training.dialogue.Agreement;
import org.medcue.training.dialogue.CorpusBuilder.Corpus;
import org.medcue.training.dialogue.CorpusBuilder.LeftOut;
import org.medcue.training.dialogue.Kappa;
import org.medcue.training.dialogue.LabelledDialogue;
import org.medcue.training.dialogue.Protocol;

/** What the corpus command prints: counts and line numbers, nothing that was said. */
final class CorpusLines {

  private CorpusLines() {}

  /**
   * What became of raw dialogues.
   *
   * @param raw how many there were
   */
  static String of(Path file, int raw, Corpus corpus, DialogueKnowledge knowledge) {
    List<LabelledDialogue> kept = corpus.dialogues();
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "%s: %d dialogues, %d kept, %d left out", file, raw, kept.size(), raw - kept.size()));
    for (LeftOut why : LeftOut.values()) {
      if (corpus.leftOut(why) > 0) {
        lines.add(format("  left out: %d %s", corpus.leftOut(why), reason(why)));
      }
    }
    if (!kept.isEmpty()) {
      lines.add(labels(kept, knowledge));
    }
    long bare = kept.stream().filter(CorpusLines::beginsWithDrug).count();
    if (bare > 0) {
      lines.add(
          format(
              "  note: %d begin with the drug, so that under the clinical protocol nothing is left"
                  + " to read",
              bare));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static String reason(LeftOut why) {
    return switch (why) {
      case MARKED -> "that hold marks already, so are not raw";
      case NO_DRUG_NAMED -> "in which the doctor names no known drug";
      case NONE_RECOMMENDED -> "in which the doctor names known drugs but recommends none";
    };
  }

  private static String labels(List<LabelledDialogue> kept, DialogueKnowledge knowledge) {
    DialogueDisease other = knowledge.diseases().other();
    long drugs = kept.stream().mapToLong(dialogue -> dialogue.drugs().size()).sum();
    return format(
        "  kept: %.2f drugs a dialogue, %d of the %d known drugs occur; disease known in %d, other"
            + " or none in %d",
        (double) drugs / kept.size(),
        kept.stream().flatMap(dialogue -> dialogue.drugs().stream()).distinct().count(),
        knowledge.drugs().drugs().size(),
        kept.stream().filter(dialogue -> !dialogue.disease().equals(other)).count(),
        kept.stream().filter(dialogue -> dialogue.disease().equals(other)).count());
  }

  private static boolean beginsWithDrug(LabelledDialogue dialogue) {
    return Protocol.CLINICAL.read(dialogue.dialogue()).utterances().isEmpty();
  }

  /** How far two annotators agree, and on which of the first one's lines they do not. */
  static String of(Path first, Path second, Agreement agreement) {
    List<String> lines = new ArrayList<>();
    lines.add(format("%s and %s: %d dialogues", first, second, agreement.dialogues()));
    lines.add("  drugs: " + of(agreement.drugs()));
    lines.add("  disease: " + of(agreement.disease()));
    agreement
        .byDisease()
        .forEach((disease, kappa) -> lines.add(format("    %s: %s", disease, of(kappa))));
    lines.add(differing("drugs", first, agreement.otherDrugs()));
    lines.add(differing("disease", first, agreement.otherDisease()));
    return String.join(System.lineSeparator(), lines);
  }

  private static String of(Kappa kappa) {
    if (kappa.decisions() == 0) {
      return "nothing to decide";
    }
    Double beyondChance = kappa.kappa();
    return format(
        "kappa %s, alike in %.1f %% of %d decisions",
        beyondChance == null ? "undefined" : format("%.3f", beyondChance),
        100 * kappa.agreed(),
        kappa.decisions());
  }

  private static String differing(String what, Path file, List<String> ids) {
    return ids.isEmpty()
        ? format("  %s the same in all", what)
        : format(
            "  %s differ in %d, on these lines of %s: %s",
            what,
            ids.size(),
            file.getFileName(),
            ids.stream().map(id -> id.substring(id.lastIndexOf(':') + 1)).collect(joining(", ")));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
