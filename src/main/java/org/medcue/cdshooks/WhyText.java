package org.medcue.cdshooks;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Explanation.Weight;
import org.medcue.clinical.Symptom;
import org.medcue.clinical.Visit;
import org.medcue.clinical.VisitEvidence;
import org.medcue.recommendation.OfferedDrug;

/** Says which visits and codes spoke for a drug, as the doctor knows them: by date and name. */
final class WhyText {

  private static final int MOST = 3;
  private static final Pattern KIND =
      Pattern.compile(" \\((disorder|finding|situation|procedure|regime/therapy)\\)$");

  // Less than this hardly moves the probability
  private static final double LEAST_LOGITS = 0.1;

  private final Map<String, Visit> visits;
  private final Map<String, String> displays;

  WhyText(VisitEvidence evidence) {
    this.visits =
        evidence.visits().history().stream()
            .collect(Collectors.toMap(Visit::id, Function.identity(), (a, b) -> b));
    this.displays = evidence.displays();
  }

  /** What spoke for a drug, in escaped Markdown; empty where nothing stands out. */
  Optional<String> of(OfferedDrug offered) {
    List<String> parts = new ArrayList<>();
    List<String> codes = heaviest(offered.explanation().codes(), w -> Optional.of(named(w.of())));
    if (!codes.isEmpty()) {
      parts.add("in this visit " + String.join(", ", codes));
    }
    List<String> earlier =
        heaviest(
            offered.explanation().visits(),
            w -> Optional.ofNullable(visits.get(w.of())).map(v -> visit(v, offered.drug())));
    if (!earlier.isEmpty()) {
      parts.add("earlier visits " + String.join("; ", earlier));
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(" · ", parts));
  }

  private static List<String> heaviest(
      List<Weight> weights, Function<Weight, Optional<String>> words) {
    return weights.stream()
        .filter(weight -> weight.weight() > LEAST_LOGITS)
        .flatMap(weight -> words.apply(weight).stream())
        .distinct()
        .limit(MOST)
        .toList();
  }

  private String visit(Visit visit, DrugCode drug) {
    String date = visit.start().atZone(ZoneOffset.UTC).toLocalDate().toString();
    List<String> facts = new ArrayList<>();
    if (visit.drugs().contains(drug)) {
      facts.add("this drug was ordered");
    }
    Stream.concat(
            visit.encounterDiagnoses().stream().map(DiagnosisCode::value),
            visit.encounterSymptoms().stream().map(Symptom::code))
        .map(this::named)
        .distinct()
        .limit(MOST)
        .forEach(facts::add);
    return facts.isEmpty() ? date : date + " (" + String.join(", ", facts) + ")";
  }

  // One SNOMED CT concept may stand for several ICD-10-CM codes: the name alone is said once. Its
  // kind in brackets at the end says nothing to a doctor.
  private String named(String code) {
    String display = displays.get(code);
    return Markdown.escape(display == null ? code : KIND.matcher(display).replaceFirst(""));
  }
}
