package org.medcue.harness;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.KnowledgeBase;
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

  private static volatile List<ServedModel> challengers = List.of();

  private static volatile Optional<ServedModel> answering = Optional.empty();

  private final KnowledgeBase knowledge;
  private final DialogueKnowledge dialogues;

  StubModels(KnowledgeBase knowledge, DialogueKnowledge dialogues) {
    this.knowledge = knowledge;
    this.dialogues = dialogues;
  }

  @Override
  public boolean has(String serviceId) {
    return true;
  }

  @Override
  public ModelLease lease(String serviceId, String tenant, String patientId) {
    return lease(
        serviceId.endsWith("-dialogue") ? ofDialogues() : answering.orElseGet(StubModels::ofVisits),
        Role.ACTIVE);
  }

  private static ModelLease lease(ServedModel model, Role role) {
    return new ModelLease(model, role, time -> {}, () -> {});
  }

  @Override
  public List<ModelLease> challengers(String serviceId, String answered) {
    return challengers.stream().map(model -> lease(model, Role.SHADOW)).toList();
  }

  @Override
  public ModelLease leaseOf(String model, String version) {
    if (!version.equals("1.0.0")) {
      throw new ModelException(version + " is not there");
    }
    return lease(model.equals("ddn") ? ofDialogues() : ofVisits(), Role.REPLAY);
  }

  /** Has versions score unseen what the stub answers. */
  public static void challengeBy(List<ServedModel> models) {
    challengers = List.copyOf(models);
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
        "ddn",
        "1.0.0",
        DialogueKnowledge.bundled(),
        Map.of(),
        StubDdn.predictor(dialogues, knowledge.drugs()));
  }

  private static ServedModel ofVisits() {
    return new ServedModel(
        "mrkpa",
        "1.0.0",
        KnowledgeBase.bundled(),
        Map.of(StubPredictor.LISINOPRIL, DOSAGE),
        new StubPredictor());
  }
}
