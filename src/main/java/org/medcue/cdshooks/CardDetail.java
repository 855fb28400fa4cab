package org.medcue.cdshooks;

import java.util.List;
import org.medcue.recommendation.OfferedDrug;
import org.medcue.recommendation.Recommendation;
import org.medcue.recommendation.WithheldDrug;

/**
 * Writes what the doctor reads on a card, as GitHub-flavoured Markdown: the options, why, what was
 * checked, what was missing, and who says so.
 */
final class CardDetail {

  private final Recommendation recommendation;
  private final StringBuilder text = new StringBuilder();

  CardDetail(Recommendation recommendation) {
    this.recommendation = recommendation;
  }

  /**
   * @param offered the drugs of this card
   * @param withheld the drugs to be shown as withheld on this card
   * @param dosed those of its drugs whose order got a dosage that the doctor did not write
   */
  String write(List<OfferedDrug> offered, List<WithheldDrug> withheld, List<OfferedDrug> dosed) {
    options(offered);
    why(offered);
    dosages(dosed);
    withheld(withheld);
    if (!offered.isEmpty() || !withheld.isEmpty()) {
      // The rules look at the drugs that a card names: without any, nothing was checked.
      list("Checked", recommendation.checked());
    }
    list("Not checked", recommendation.notChecked());
    list(
        "Missing",
        OmissionWords.of(recommendation.request().evidence(), recommendation.omissions()));
    text.append("Model ")
        .append(Markdown.escape(recommendation.modelName() + " " + recommendation.modelVersion()))
        .append(" (its model card says what it was trained on). ");
    recommendation
        .widerLevel()
        .ifPresent(
            level ->
                text.append("It predicts the ")
                    .append(level)
                    .append("; the product named is the one most often ordered in its training")
                    .append(" cohort. "));
    text.append("Options for review, not an order.");
    return text.toString();
  }

  private void options(List<OfferedDrug> offered) {
    if (offered.isEmpty()) {
      return;
    }
    text.append("| Rank | Drug | Probability | |\n| ---: | :--- | ---: | :--- |\n");
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

  private static String standing(OfferedDrug drug) {
    if (drug.renewal()) {
      return drug.takenInstead()
          .map(taken -> "renewal of " + Markdown.escape(taken))
          .orElse("renewal");
    }
    return drug.orderedBefore() ? "ordered before" : "new";
  }

  private void why(List<OfferedDrug> offered) {
    if (offered.isEmpty()) {
      return;
    }
    WhyText why = new WhyText(recommendation.request().evidence());
    text.append("**What weighed most**\n\n");
    int start = text.length();
    for (OfferedDrug drug : offered) {
      String name = "- **" + Markdown.escape(drug.display()) + "**";
      why.of(drug).ifPresent(facts -> line(name + ": " + facts));
      drug.remarks().forEach(remark -> line(name + " " + Markdown.escape(remark)));
    }
    if (text.length() == start) {
      line("- No single visit or code stands out");
    }
    text.append('\n');
  }

  private void dosages(List<OfferedDrug> dosed) {
    String words = ": the dosage most usual in the training data; review it before signing";
    list("Dosage filled in", dosed.stream().map(drug -> drug.display() + words).toList());
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void withheld(List<WithheldDrug> withheld) {
    if (withheld.isEmpty()) {
      return;
    }
    text.append("**Withheld**\n\n");
    for (WithheldDrug drug : withheld) {
      text.append("- **")
          .append(Markdown.escape(drug.display()))
          .append("** (")
          .append(percent(drug.probability()))
          .append("): ")
          .append(Markdown.escape(String.join("; ", drug.reasons())))
          .append('\n');
    }
    text.append('\n');
  }

  private void list(String title, List<String> items) {
    if (items.isEmpty()) {
      return;
    }
    text.append("**").append(title).append("**\n\n");
    items.forEach(item -> text.append("- ").append(Markdown.escape(item)).append('\n'));
    text.append('\n');
  }

  static String percent(double probability) {
    return Math.round(probability * 100) + " %";
  }
}
