package org.medcue.fhir;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.Symptom;

/** Takes from Encounters and Conditions what a visit is made of. */
final class FactMapper {

  private static final Set<EncounterStatus> NO_VISIT =
      EnumSet.of(
          EncounterStatus.ENTEREDINERROR, EncounterStatus.CANCELLED, EncounterStatus.PLANNED);
  private static final Set<EncounterStatus> OPEN =
      EnumSet.of(EncounterStatus.ARRIVED, EncounterStatus.TRIAGED, EncounterStatus.INPROGRESS);
  private static final Set<String> NOT_TRUE = Set.of("refuted", "entered-in-error");
  private static final Set<String> OVER = Set.of("inactive", "resolved", "remission");

  private final ConceptCoder coder;
  private final References references;
  private final ChartNotes notes;

  FactMapper(ConceptCoder coder, References references, ChartNotes notes) {
    this.coder = coder;
    this.references = references;
    this.notes = notes;
  }

  EncounterFact map(Encounter encounter, String id) {
    boolean visited = encounter.getStatus() == null || !NO_VISIT.contains(encounter.getStatus());
    Period period = encounter.getPeriod();
    TimeSpan end = TimeSpan.of(period.getEndElement());
    Named reasons = visited ? reasons(encounter) : new Named();
    Named diagnoses = visited ? diagnoses(encounter) : new Named();
    return new EncounterFact(
        id,
        visited,
        OPEN.contains(encounter.getStatus()),
        TimeSpan.startOf(period.getStartElement()),
        end == null ? null : end.until(),
        reasons.codes(),
        diagnoses.codes(),
        List.copyOf(reasons.conditionIds),
        List.copyOf(diagnoses.conditionIds));
  }

  /** What an Encounter names: codes, and Conditions that stand elsewhere. */
  private static final class Named {
    private final Set<DiagnosisCode> diagnoses = new HashSet<>();
    private final Set<Symptom> symptoms = new HashSet<>();
    private final List<String> conditionIds = new ArrayList<>();

    void add(ClinicalCodes codes) {
      diagnoses.addAll(codes.diagnoses());
      symptoms.addAll(codes.symptoms());
    }

    ClinicalCodes codes() {
      return diagnoses.isEmpty() && symptoms.isEmpty()
          ? ClinicalCodes.NONE
          : new ClinicalCodes(diagnoses, symptoms);
    }
  }

  private Named reasons(Encounter encounter) {
    Named named = new Named();
    for (CodeableConcept reason : encounter.getReasonCode()) {
      named.add(coder.read(reason, "Encounter", notes));
    }
    encounter.getReasonReference().forEach(reason -> add(reason, encounter, named));
    return named;
  }

  private Named diagnoses(Encounter encounter) {
    Named named = new Named();
    encounter.getDiagnosis().forEach(one -> add(one.getCondition(), encounter, named));
    return named;
  }

  private void add(Reference reference, Encounter encounter, Named named) {
    String text = reference.getReference();
    if (text != null && text.startsWith("#")) {
      contained(encounter, text.substring(1)).ifPresentOrElse(named::add, this::notSent);
    } else {
      String id = text == null ? null : references.idOf(text, "Condition");
      Optional.ofNullable(id).ifPresentOrElse(named.conditionIds::add, this::notSent);
    }
  }

  private Optional<ClinicalCodes> contained(Encounter encounter, String id) {
    for (Resource resource : encounter.getContained()) {
      String own = String.valueOf(resource.getIdElement().getIdPart()).replaceFirst("^#", "");
      if (resource instanceof Condition condition && own.equals(id)) {
        return Optional.of(codesOf(condition));
      }
    }
    return Optional.empty();
  }

  private void notSent() {
    notes.omit(Kind.NO_CODE, "Encounter");
  }

  /** The Condition, unless it is not true or has no code that is read. */
  Optional<ConditionFact> map(Condition condition, @Nullable String id) {
    ClinicalCodes codes = codesOf(condition);
    if (codes.isEmpty()) {
      return Optional.empty();
    }
    Instant onset = firstOf(startOf(condition.getOnset()), condition.getRecordedDateElement());
    if (onset == null) {
      notes.omit(Kind.NO_DATE, "Condition");
    }
    Instant abatement = endOf(condition.getAbatement());
    boolean endedToday =
        abatement == null
            && (condition.hasAbatement() || hasCode(condition.getClinicalStatus(), OVER));
    return Optional.of(
        new ConditionFact(
            id, references.idOf(condition.getEncounter()), codes, onset, abatement, endedToday));
  }

  private ClinicalCodes codesOf(Condition condition) {
    return hasCode(condition.getVerificationStatus(), NOT_TRUE)
        ? ClinicalCodes.NONE
        : coder.read(condition.getCode(), "Condition", notes);
  }

  /** Whether a status, whose codes are unique across its value set, is one of those. */
  static boolean hasCode(CodeableConcept status, Set<String> codes) {
    return status.getCoding().stream()
        .anyMatch(coding -> coding.hasCode() && codes.contains(coding.getCode()));
  }

  private static @Nullable Instant firstOf(@Nullable Instant first, BaseDateTimeType second) {
    return first == null ? TimeSpan.startOf(second) : first;
  }

  private static @Nullable Instant startOf(@Nullable Type onset) {
    return onset instanceof Period period
        ? TimeSpan.startOf(period.getStartElement())
        : onset instanceof DateTimeType date ? TimeSpan.startOf(date) : null;
  }

  private static @Nullable Instant endOf(@Nullable Type abatement) {
    return abatement instanceof Period period
        ? firstOf(TimeSpan.startOf(period.getEndElement()), period.getStartElement())
        : abatement instanceof DateTimeType date ? TimeSpan.startOf(date) : null;
  }
}
