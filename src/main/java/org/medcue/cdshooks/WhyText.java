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
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Explanation.Weight;
import org.medcue.clinical.Symptom;
import org.medcue.clinical.Visit;
import org.medcue.clinical.VisitEvidence;
import org.medcue.recommendation.OfferedDrug;
import org.medcue.recommendation.Phrases;

/** Says which visits and codes spoke for a drug, as the doctor knows them: by date and name. */
final class WhyText implements Why {

  private static final Pattern KIND =
      Pattern.compile(" \\((disorder|finding|situation|procedure|regime/therapy)\\)$");

  private final Map<String, Visit> visits;
  private final Map<String, String> displays;
  private final Phrases phrases;

  WhyText(VisitEvidence evidence, Phrases phrases) {
    this.visits =
        evidence.visits().history().stream()
            .collect(Collectors.toMap(Visit::id, Function.identity(), (a, b) -> b));
    this.displays = evidence.displays();
    this.phrases = phrases;
  }

  @Override
  public Optional<String> of(OfferedDrug offered) {
    List<String> parts = new ArrayList<>();
    List<String> codes =
        Why.heaviest(
            offered.explanation().codes(), Weight::weight, w -> Optional.of(named(w.of())));
    if (!codes.isEmpty()) {
      parts.add(phrases.say("why.present", String.join(phrases.say("comma"), codes)));
    }
    List<String> earlier =
        Why.heaviest(
            offered.explanation().visits(),
            Weight::weight,
            w -> Optional.ofNullable(visits.get(w.of())).map(v -> visit(v, offered.drug())));
    if (!earlier.isEmpty()) {
      parts.add(phrases.say("why.earlier", String.join(phrases.say("semicolon"), earlier)));
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(" · ", parts));
  }

  private String visit(Visit visit, Drug drug) {
    String date = visit.start().atZone(ZoneOffset.UTC).toLocalDate().toString();
    List<String> facts = new ArrayList<>();
    if (drug instanceof DrugCode product && visit.drugs().contains(product)) {
      facts.add(phrases.say("why.ordered"));
    }
    Stream.concat(
            visit.encounterDiagnoses().stream().map(DiagnosisCode::value),
            visit.encounterSymptoms().stream().map(Symptom::code))
        .map(this::named)
        .distinct()
        .limit(MOST)
        .forEach(facts::add);
    return facts.isEmpty() ? date : date + " (" + String.join(phrases.say("comma"), facts) + ")";
  }

  // One SNOMED CT concept may stand for several ICD-10-CM codes: the name alone is said once. Its
  // kind in brackets at the end says nothing to a doctor.
  private String named(String code) {
    String display = displays.get(code);
    return Markdown.escape(display == null ? code : KIND.matcher(display).replaceFirst(""));
  }
}
