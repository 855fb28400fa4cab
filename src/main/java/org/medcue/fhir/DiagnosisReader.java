package org.medcue.fhir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.DiagnosisComponent;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.Omission;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.StatedDiagnosis;
import org.medcue.clinical.StatedDiagnosis.Source;

/**
 * Reads the diagnoses for which a drug is sought, as codes and as words: a text such as 上呼吸道感染
 * names a disease as well as a code does. Symptoms and social findings are none.
 */
final class DiagnosisReader {

  private static final Set<String> NOT_TRUE = Set.of("refuted", "entered-in-error");

  /** Names of diseases are shorter; what is longer is a report. */
  private static final int MAX_TEXT = 200;

  private final ConceptCoder coder;
  private final References references;
  private final ChartNotes notes;
  private final Map<String, Condition> conditions = new HashMap<>();
  private final List<Condition> inOrder = new ArrayList<>();

  DiagnosisReader(ConceptCoder coder, References references, ChartNotes notes) {
    this.coder = coder;
    this.references = references;
    this.notes = notes;
  }

  /** Remembers a Condition; of several with one id the first counts. */
  void remember(Condition condition, @Nullable String id) {
    if (id == null || conditions.putIfAbsent(id, condition) == null) {
      inOrder.add(condition);
    }
  }

  /** The reasons of orders, in order. */
  List<StatedDiagnosis> of(List<MedicationRequest> orders) {
    Statements reasons = new Statements(Source.ORDER, "MedicationRequest");
    for (MedicationRequest order : orders) {
      order.getReasonCode().forEach(reasons::add);
      order.getReasonReference().forEach(reason -> reasons.add(reason, order));
    }
    return reasons.all();
  }

  /**
   * The diagnoses of an Encounter and the Conditions recorded in it; if there are none, what it
   * gives as reason in words or codes: often a complaint, not yet a diagnosis.
   *
   * @param id its id
   * @param encounter the Encounter, null if it was not sent
   */
  List<StatedDiagnosis> of(String id, @Nullable Encounter encounter) {
    Statements found = new Statements(Source.ENCOUNTER, "Encounter");
    boolean valid = encounter != null && encounter.getStatus() != EncounterStatus.ENTEREDINERROR;
    if (encounter != null && valid) {
      encounter.getDiagnosis().stream()
          .map(DiagnosisComponent::getCondition)
          .forEach(named -> found.add(named, encounter));
    }
    inOrder.stream()
        .filter(condition -> id.equals(references.idOf(condition.getEncounter())))
        .forEach(found::add);
    if (encounter != null && valid) {
      encounter.getReasonReference().forEach(named -> found.add(named, encounter));
      if (found.all().isEmpty()) {
        encounter.getReasonCode().forEach(found::add);
      }
    }
    return found.all();
  }

  /** What is stated in one place, each Condition and each statement once. */
  private final class Statements {
    private final Set<StatedDiagnosis> stated = new LinkedHashSet<>();
    private final Set<Condition> seen = new HashSet<>();
    private final Source source;
    private final String resourceType;

    Statements(Source source, String resourceType) {
      this.source = source;
      this.resourceType = resourceType;
    }

    List<StatedDiagnosis> all() {
      return List.copyOf(stated);
    }

    void add(Reference named, DomainResource holder) {
      find(named, holder)
          .ifPresentOrElse(this::add, () -> notes.omit(Kind.UNRESOLVED_DIAGNOSIS, resourceType));
    }

    void add(Condition condition) {
      if (seen.add(condition) && !FactMapper.hasCode(condition.getVerificationStatus(), NOT_TRUE)) {
        read(source, condition.getCode(), "Condition").ifPresent(stated::add);
      }
    }

    void add(CodeableConcept concept) {
      read(source, concept, resourceType).ifPresent(stated::add);
    }
  }

  private Optional<Condition> find(Reference named, DomainResource holder) {
    String reference = named.getReference();
    if (reference == null) {
      return Optional.empty();
    }
    if (!reference.startsWith("#")) {
      return Optional.ofNullable(references.idOf(reference, "Condition")).map(conditions::get);
    }
    for (Resource resource : holder.getContained()) {
      String own = String.valueOf(resource.getIdElement().getIdPart()).replaceFirst("^#", "");
      if (resource instanceof Condition condition && own.equals(reference.substring(1))) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  private Optional<StatedDiagnosis> read(Source source, CodeableConcept concept, String type) {
    ChartNotes reading = new ChartNotes();
    ClinicalCodes codes = coder.read(concept, type, reading);
    boolean social =
        reading.omissions().stream().anyMatch(one -> one.kind() == Kind.SOCIAL_FINDING);
    List<String> texts = texts(concept);
    if (codes.isEmpty() && (social || texts.isEmpty())) {
      reading.omissions().stream().map(Omission::kind).forEach(kind -> notes.omit(kind, type));
      return Optional.empty();
    }
    if (codes.diagnoses().isEmpty() && !codes.symptoms().isEmpty()) {
      return Optional.empty();
    }
    reading.displays().forEach(notes::name);
    List<DiagnosisCode> sorted = codes.diagnoses().stream().sorted().toList();
    return Optional.of(new StatedDiagnosis(source, sorted, texts));
  }

  private static List<String> texts(CodeableConcept concept) {
    Set<String> texts = new LinkedHashSet<>();
    if (concept.hasText()) {
      texts.add(nameIn(concept.getText()));
    }
    for (Coding coding : concept.getCoding()) {
      if (coding.hasDisplay()) {
        texts.add(nameIn(coding.getDisplay()));
      }
    }
    texts.remove("");
    return List.copyOf(texts);
  }

  private static String nameIn(String text) {
    String plain = PlainText.of(text);
    return plain.length() > MAX_TEXT ? "" : plain;
  }
}
