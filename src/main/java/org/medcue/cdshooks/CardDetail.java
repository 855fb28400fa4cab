package org.medcue.cdshooks;

import java.util.ArrayList;
import java.util.List;
import org.medcue.clinical.DialogueEvidence;
import org.medcue.clinical.PatientEvidence;
import org.medcue.clinical.Speaker;
import org.medcue.recommendation.OfferedDrug;
import org.medcue.recommendation.Phrases;
import org.medcue.recommendation.Recommendation;
import org.medcue.recommendation.WithheldDrug;

/**
 * Writes what the doctor reads on a card, as GitHub-flavoured Markdown: the options, why, what was
 * checked, what was missing, and who says so.
 */
final class CardDetail {

  private final Recommendation recommendation;
  private final PatientEvidence evidence;
  private final Phrases phrases;
  private final StringBuilder text = new StringBuilder();

  CardDetail(Recommendation recommendation) {
    this.recommendation = recommendation;
    this.evidence = recommendation.request().evidence();
    this.phrases = CardPhrases.in(recommendation.request().language());
  }

  /**
   * @param offered the drugs of this card
   * @param withheld the drugs to be shown as withheld on this card
   * @param dosed those of its drugs whose order got a dosage that the doctor did not write
   */
  String write(List<OfferedDrug> offered, List<WithheldDrug> withheld, List<OfferedDrug> dosed) {
    options(offered);
    why(offered);
    list(
        "title.dosage", dosed.stream().map(drug -> phrases.say("dosage", drug.display())).toList());
    withheld(withheld);
    list("title.read", read());
    if (!offered.isEmpty() || !withheld.isEmpty()) {
      // The rules look at the drugs that a card names: without any, nothing was checked.
      list("title.checked", recommendation.checked());
    }
    list("title.not.checked", recommendation.notChecked());
    list("title.missing", new OmissionWords(phrases).of(evidence, recommendation.omissions()));
    closing();
    return text.toString();
  }

  private void options(List<OfferedDrug> offered) {
    if (offered.isEmpty()) {
      return;
    }
    line(phrases.say("options"));
    line("| ---: | :--- | ---: | :--- |");
    for (int i = 0; i < offered.size(); i++) {
      OfferedDrug drug = offered.get(i);
      text.append("| ")
          .append(i + 1)
          .append(" | ")
          .append(Markdown.escape(drug.display()))
          .append(" | ")
          .append(percent(drug.probability()))
          .append(" | ")
          .append(standing(drug))
          .append(" |\n");
    }
    text.append('\n');
  }

  private String standing(OfferedDrug drug) {
    if (drug.renewal()) {
      return drug.takenInstead()
          .map(taken -> phrases.say("standing.renewal.of", Markdown.escape(taken)))
          .orElseGet(() -> phrases.say("standing.renewal"));
    }
    return phrases.say(drug.orderedBefore() ? "standing.before" : "standing.new");
  }

  private void why(List<OfferedDrug> offered) {
    if (offered.isEmpty()) {
      return;
    }
    Why why = Why.in(evidence, phrases);
    title("title.why");
    int start = text.length();
    for (OfferedDrug drug : offered) {
      String name = "- **" + Markdown.escape(drug.display()) + "**";
      why.of(drug).ifPresent(facts -> line(name + phrases.say("colon") + facts));
      drug.remarks().forEach(remark -> line(name + " " + Markdown.escape(remark)));
    }
    if (text.length() == start) {
      line("- " + phrases.say("why.nothing." + kind()));
    }
    if (evidence instanceof DialogueEvidence) {
      line("\n" + phrases.say("why.how"));
    }
    text.append('\n');
  }

  private String kind() {
    return evidence instanceof DialogueEvidence ? "dialogue" : "visits";
  }

  private void withheld(List<WithheldDrug> withheld) {
    if (withheld.isEmpty()) {
      return;
    }
    title("title.withheld");
    for (WithheldDrug drug : withheld) {
      text.append("- **")
          .append(Markdown.escape(drug.display()))
          .append("** (")
          .append(percent(drug.probability()))
          .append(")")
          .append(phrases.say("colon"))
          .append(Markdown.escape(String.join(phrases.say("semicolon"), drug.reasons())))
          .append('\n');
    }
    text.append('\n');
  }

  /** Of a dialogue how much of it was read, and about which disease. */
  private List<String> read() {
    List<String> read = new ArrayList<>();
    if (evidence instanceof DialogueEvidence talk && !evidence.nothingKnown()) {
      int all = talk.dialogue().utterances().size();
      long patient =
          talk.dialogue().utterances().stream()
              .filter(utterance -> utterance.speaker() == Speaker.PATIENT)
              .count();
      read.add(phrases.say("read.messages", all, patient, all - patient));
      recommendation
          .disease()
          .ifPresent(it -> read.add(phrases.say("disease." + it.basis(), it.display())));
    }
    return read;
  }

  private void closing() {
    String model = recommendation.modelName() + " " + recommendation.modelVersion();
    text.append(phrases.say("model", Markdown.escape(model))).append(' ');
    recommendation
        .widerLevel()
        .ifPresent(level -> text.append(phrases.say("wider." + kind(), level)).append(' '));
    text.append(phrases.say("closing"));
  }

  private void list(String title, List<String> items) {
    if (items.isEmpty()) {
      return;
    }
    title(title);
    items.forEach(item -> line("- " + Markdown.escape(item)));
    text.append('\n');
  }

  private void title(String key) {
    text.append("**").append(phrases.say(key)).append("**\n\n");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  static String percent(double probability) {
    return Math.round(probability * 100) + " %";
  }
}
