package org.medcue.recommendation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.DialogueEvidence;
import org.medcue.clinical.Drug;
import org.medcue.clinical.PatientEvidence;
import org.medcue.clinical.VisitEvidence;
import org.medcue.model.ClinicalJson;

/**
 * What a recommendation was made of as JSON that can be read back into equal records. Codes and
 * drugs are plain texts; of {@code visits} and {@code dialogue} one is there.
 *
 * <pre>
 * {"visits": {…} or "dialogue": {…}, "draftDrugs": ["314076"], "unreadDraft": false,
 *  "rejectedDrugs": [], "language": "EN"}
 * </pre>
 */
final class EvidenceJson {

  static final JsonMapper MAPPER = ClinicalJson.MAPPER;

  private record Input(
      @Nullable VisitEvidence visits,
      @Nullable DialogueEvidence dialogue,
      Set<Drug> draftDrugs,
      boolean unreadDraft,
      Set<Drug> rejectedDrugs,
      Language language) {}

  private EvidenceJson() {}

  static JsonNode write(RecommendationRequest request) {
    PatientEvidence evidence = request.evidence();
    return MAPPER.valueToTree(
        new Input(
            evidence instanceof VisitEvidence chart ? chart : null,
            evidence instanceof DialogueEvidence talk ? talk : null,
            request.draftDrugs(),
            request.unreadDraft(),
            request.rejectedDrugs(),
            request.language()));
  }

  /**
   * @param json what {@link #write} gave
   */
  static RecommendationRequest read(JsonNode json, String serviceId, HookCall call) {
    try {
      Input input = MAPPER.treeToValue(json, Input.class);
      @Nullable PatientEvidence evidence =
          input.visits() == null ? input.dialogue() : input.visits();
      if (evidence == null) {
        throw new IllegalStateException("what was sealed holds evidence");
      }
      return new RecommendationRequest(
          serviceId,
          call,
          evidence,
          input.draftDrugs(),
          input.unreadDraft(),
          input.rejectedDrugs(),
          input.language());
    } catch (JsonProcessingException e) {
      // Its message and its cause quote the content
      throw new IllegalStateException("what was sealed cannot be read by this version");
    }
  }
}
