package org.medcue.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.medcue.platform.JsonBody;
import org.medcue.platform.QueryValues;
import org.medcue.platform.RequestRefusedException;

/** Reads what admins send about versions. */
final class ModelBodies {

  /** What an admin decided on a request. */
  record Decision(UUID request, boolean approve, String reason) {}

  private ModelBodies() {}

  static String reason(InputStream body) {
    return reason(JsonBody.object(body, List.of("reason")));
  }

  static Decision decision(InputStream body) {
    JsonNode json = JsonBody.object(body, List.of("request", "decision", "reason"));
    @Nullable String request = json.path("request").textValue();
    @Nullable String decision = json.path("decision").textValue();
    if (request == null) {
      throw bad("request", "must be the id of a request for this version");
    }
    if (decision == null || !(decision.equals("approve") || decision.equals("decline"))) {
      throw bad("decision", "must be approve or decline");
    }
    return new Decision(
        QueryValues.uuid("request", request), decision.equals("approve"), reason(json));
  }

  static PromotionRequest.Wish wish(InputStream body) {
    JsonNode json = JsonBody.object(body, List.of("action", "share", "reason", "override"));
    @Nullable String action = json.path("action").textValue();
    Optional<Double> share =
        json.path("share").isNumber()
            ? Optional.of(json.path("share").doubleValue())
            : Optional.empty();
    boolean canary = "canary".equals(action);
    if (!canary && !"activate".equals(action)) {
      throw bad("action", "must be activate or canary");
    }
    if (canary != share.isPresent() || (!canary && json.has("share"))) {
      throw bad("share", "goes with action canary, and with no other: a number");
    }
    Optional<String> override =
        json.has("override")
            ? Optional.of(QueryValues.reason(json.path("override").textValue()))
            : Optional.empty();
    try {
      return new PromotionRequest.Wish(share, reason(json), override);
    } catch (IllegalArgumentException e) {
      throw bad("share", "must be above 0 and at most " + PromotionRequest.Wish.MAX_SHARE);
    }
  }

  private static String reason(JsonNode json) {
    return QueryValues.reason(json.path("reason").textValue());
  }

  private static RequestRefusedException bad(String path, String message) {
    return new RequestRefusedException(400, path, message);
  }
}
