package org.medcue.harness;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.medcue.clinical.Drug;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.knowledge.KnowledgeLibrary;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.knowledge.Terminology;
import org.medcue.model.ModelException;
import org.medcue.model.ddn.StubDdn;
import org.medcue.serving.ActiveModels;
import org.medcue.serving.ModelLease;
import org.medcue.serving.ModelLease.Role;
import org.medcue.serving.ServedModel;
import org.medcue.serving.ServiceModels;

/**
 * Serves a model whose scores a test knows in place of a trained one; the test profile selects it.
 */
@Alternative
@ApplicationScoped
public class StubModels implements ActiveModels {

  private static final String DOSAGE =
      "[{\"sequence\":1,\"text\":\"Take once daily.\",\"asNeededBoolean\":false}]";

  private static final AtomicInteger OPEN = new AtomicInteger();

  private static volatile List<ServedModel> challengers = List.of();

  private static volatile Optional<ServedModel> answering = Optional.empty();

  private static volatile Optional<ActiveModels> inPlace = Optional.empty();

  private final DialogueKnowledge dialogues;
  private final Terminology terminology;

  StubModels(KnowledgeLibrary library) {
    this.dialogues = library.dialogues(DialogueKnowledge.bundled());
    this.terminology = library.terminology(List.of());
  }

  @Override
  public boolean has(String serviceId) {
    return true;
  }

  @Override
  public ModelLease lease(String serviceId, String tenant, String patientId) {
    if (inPlace.isPresent()) {
      return inPlace.get().lease(serviceId, tenant, patientId);
    }
    return lease(
        serviceId.endsWith("-dialogue") ? ofDialogues() : answering.orElseGet(StubModels::ofVisits),
        Role.ACTIVE);
  }

  private ModelLease lease(ServedModel model, Role role) {
    OPEN.incrementAndGet();
    return new ModelLease(model, role, terminology, time -> {}, OPEN::decrementAndGet);
  }

  /** Leases that nobody has closed yet. */
  public static int openLeases() {
    return OPEN.get();
  }

  @Override
  public List<ModelLease> challengers(String serviceId, String answered) {
    return challengers.stream().map(model -> lease(model, Role.SHADOW)).toList();
  }

  @Override
  public ModelLease leaseOf(String model, String version, List<KnowledgeVersion> knowledge) {
    if (inPlace.isPresent()) {
      return inPlace.get().leaseOf(model, version, knowledge);
    }
    if (!version.equals("1.0.0")) {
      throw new ModelException(version + " is not there");
    }
    return lease(model.equals("ddn") ? ofDialogues() : ofVisits(), Role.REPLAY);
  }

  /** Has versions score unseen what the stub answers. */
  public static void challengeBy(List<ServedModel> models) {
    challengers = List.copyOf(models);
  }

  /** Has real versions answer in the stub's place; the stub again if empty. */
  public static void serveBy(Optional<ActiveModels> models) {
    inPlace = models;
  }

  /** The stub with its scores so much higher, under its name. */
  public static ServedModel scoringHigher(double more, Map<? extends Drug, String> usualDosages) {
    return new ServedModel(
        "mrkpa", "1.0.0", KnowledgeBase.bundled(), usualDosages, new StubPredictor(more));
  }

  /** What the stub says of dosages. */
  public static Map<? extends Drug, String> dosages() {
    return Map.of(StubPredictor.LISINOPRIL, DOSAGE);
  }

  /** Has another version than the stub answer about visits; the stub again if empty. */
  public static void answerBy(Optional<ServedModel> model) {
    answering = model;
  }

  @Override
  public ServiceModels status(String serviceId) {
    Optional<String> version =
        Optional.of(serviceId.endsWith("-dialogue") ? "ddn/1.0.0" : "mrkpa/1.0.0");
    return new ServiceModels(version, Optional.empty(), version, Optional.empty());
  }

  @Override
  public String device() {
    return "cpu";
  }

  private ServedModel ofDialogues() {
    return new ServedModel(
        "ddn", "1.0.0", DialogueKnowledge.bundled(), Map.of(), StubDdn.predictor(dialogues));
  }

  private static ServedModel ofVisits() {
    return scoringHigher(0, dosages());
  }
}
