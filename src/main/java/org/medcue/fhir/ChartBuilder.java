package org.medcue.fhir;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.CodeRole;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Visit;
import org.medcue.clinical.VisitSequence;

/**
 * One patient's chart, gathered fact by fact and given as visits. What is sent twice, by id, counts
 * once.
 */
final class ChartBuilder {

  /** Identifier of the present visit where the EHR names no Encounter. */
  static final String PRESENT = "present";

  private final Map<String, EncounterFact> encounters = new LinkedHashMap<>();
  private final Map<String, ConditionFact> conditions = new LinkedHashMap<>();
  private final Set<String> passedOver = new HashSet<>();
  private final Map<String, OrderFact> orders = new LinkedHashMap<>();

  void add(EncounterFact encounter) {
    encounters.putIfAbsent(encounter.id(), encounter);
  }

  void add(ConditionFact condition) {
    conditions.putIfAbsent(keyOf(condition.id(), conditions), condition);
  }

  /** A Condition that was sent but is none, or whose code is not read, which is noted already. */
  void passOver(String conditionId) {
    passedOver.add(conditionId);
  }

  void add(OrderFact order) {
    orders.putIfAbsent(keyOf(order.id(), orders), order);
  }

  // No id of FHIR starts with #
  private static String keyOf(@Nullable String id, Map<String, ?> known) {
    return id == null ? "#" + known.size() : id;
  }

  /** The patient's visits, in order of time. */
  PatientRecord record(String patientId, ChartNotes notes) {
    return new PatientRecord(patientId, visits(encounter -> true, null, notes));
  }

  /**
   * What is known at a hook call: the visits before, and the present one with the conditions active
   * now and without drugs of its own.
   *
   * @param encounterId the Encounter of the hook's context; without it the one running now is the
   *     present visit, unless there are several
   */
  VisitSequence sequence(Optional<String> encounterId, Instant now, ChartNotes notes) {
    EncounterFact sent = encounterId.map(encounters::get).orElse(null);
    if (encounterId.isPresent() && sent == null) {
      notes.omit(Kind.UNKNOWN_ENCOUNTER, "Encounter");
    }
    List<EncounterFact> running = encounterId.isPresent() ? List.of() : runningAt(now);
    if (running.size() == 1) {
      sent = running.get(0);
    }
    String id = sent == null ? encounterId.orElse(null) : sent.id();
    Visit present = present(id, sent, now, notes);
    Predicate<EncounterFact> earlier =
        encounter -> !running.contains(encounter) && isBefore(encounter, present);
    return new VisitSequence(new PatientRecord("", visits(earlier, id, notes)).visits(), present);
  }

  private List<EncounterFact> runningAt(Instant now) {
    return encounters.values().stream().filter(encounter -> encounter.runsAt(now)).toList();
  }

  /** In the order of a {@link PatientRecord}, so that a model sees what it was trained on. */
  private boolean isBefore(EncounterFact encounter, Visit present) {
    Instant start = encounter.start();
    if (start == null || start.isBefore(present.start())) {
      return true;
    }
    EncounterFact sent = encounters.get(present.id());
    return sent != null && start.equals(sent.start()) && encounter.id().compareTo(present.id()) < 0;
  }

  /** Drugs that the patient takes now. */
  Set<DrugCode> currentDrugs() {
    return orders.values().stream()
        .filter(OrderFact::current)
        .map(OrderFact::drug)
        .collect(Collectors.toSet());
  }

  private Visit present(
      @Nullable String id, @Nullable EncounterFact sent, Instant now, ChartNotes notes) {
    Instant start = sent == null || sent.start() == null ? now : sent.start();
    VisitCodes codes = new VisitCodes();
    if (sent != null) {
      addOwn(sent, codes, notes);
    }
    for (ConditionFact condition : conditions.values()) {
      if (id != null && id.equals(condition.encounterId())) {
        codes.add(condition.codes(), CodeRole.RECORDED);
      } else if (condition.activeNow(now)) {
        // Nothing says that a condition without date and Encounter is older than this visit.
        boolean undated = condition.onset() == null && condition.encounterId() == null;
        codes.add(condition.codes(), undated ? CodeRole.RECORDED : CodeRole.ACTIVE);
      }
    }
    return codes.visit(sent == null ? PRESENT : sent.id(), start, Set.of());
  }

  private List<Visit> visits(
      Predicate<EncounterFact> wanted, @Nullable String presentId, ChartNotes notes) {
    Map<String, Set<DrugCode>> drugs = drugsByEncounter(presentId, notes);
    Map<String, List<ConditionFact>> diagnosed =
        conditions.values().stream()
            .filter(condition -> condition.encounterId() != null)
            .collect(Collectors.groupingBy(condition -> String.valueOf(condition.encounterId())));
    ActiveProblems active = new ActiveProblems(conditions.values());
    List<Visit> visits = new ArrayList<>();
    List<EncounterFact> inTime =
        encounters.values().stream().sorted(Comparator.comparing(ChartBuilder::startOf)).toList();
    for (EncounterFact encounter : inTime) {
      Instant start = encounter.start();
      if (!encounter.visited() || encounter.id().equals(presentId) || !wanted.test(encounter)) {
        continue;
      }
      if (start == null) {
        notes.omit(Kind.NO_DATE, "Encounter");
      } else {
        VisitCodes codes = active.at(start);
        addOwn(encounter, codes, notes);
        diagnosed
            .getOrDefault(encounter.id(), List.of())
            .forEach(condition -> codes.add(condition.codes(), CodeRole.RECORDED));
        visits.add(
            codes.visit(encounter.id(), start, drugs.getOrDefault(encounter.id(), Set.of())));
      }
    }
    return visits;
  }

  /** What an Encounter states itself, or by reference to Conditions. */
  private void addOwn(EncounterFact encounter, VisitCodes codes, ChartNotes notes) {
    codes.add(encounter.reasons(), CodeRole.REASON);
    codes.add(encounter.diagnoses(), CodeRole.RECORDED);
    encounter.reasonIds().forEach(id -> addReferred(id, CodeRole.REASON, codes, notes));
    encounter.diagnosisIds().forEach(id -> addReferred(id, CodeRole.RECORDED, codes, notes));
  }

  private void addReferred(String id, CodeRole role, VisitCodes codes, ChartNotes notes) {
    ConditionFact condition = conditions.get(id);
    if (condition != null) {
      codes.add(condition.codes(), role);
    } else if (!passedOver.contains(id)) {
      notes.omit(Kind.NO_CODE, "Encounter");
    }
  }

  private Map<String, Set<DrugCode>> drugsByEncounter(
      @Nullable String presentId, ChartNotes notes) {
    Map<String, Set<DrugCode>> drugs = new HashMap<>();
    for (OrderFact order : orders.values()) {
      String encounter = encounterOf(order);
      if (encounter != null && (encounter.equals(presentId) || isPlaced(encounter))) {
        drugs.computeIfAbsent(encounter, id -> new TreeSet<>()).add(order.drug());
      } else if (order.encounterId() == null && order.authored() == null) {
        notes.omit(Kind.NO_DATE, "MedicationRequest");
      } else {
        notes.omit(Kind.UNKNOWN_ENCOUNTER, "MedicationRequest");
      }
    }
    return drugs;
  }

  private boolean isPlaced(String encounterId) {
    EncounterFact encounter = encounters.get(encounterId);
    return encounter != null && encounter.visited() && encounter.start() != null;
  }

  /** The Encounter that an order names, else the latest one in which it was written. */
  private @Nullable String encounterOf(OrderFact order) {
    TimeSpan authored = order.authored();
    if (order.encounterId() != null || authored == null) {
      return order.encounterId();
    }
    Comparator<EncounterFact> byTime =
        Comparator.comparing((EncounterFact encounter) -> startOf(encounter))
            .thenComparing(EncounterFact::id);
    return encounters.values().stream()
        .filter(encounter -> encounter.covers(authored))
        .max(byTime)
        .map(EncounterFact::id)
        .orElse(null);
  }

  private static Instant startOf(EncounterFact encounter) {
    return encounter.start() == null ? Instant.MIN : encounter.start();
  }
}
