package org.medcue.cdshooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medcue.clinical.Drug;
import org.medcue.fhir.DraftOrder;

/**
 * The draft orders of a call as the log keeps them, so that its cards can be rendered again.
 *
 * <pre>
 * [{"reference": "MedicationRequest/1", "selected": true, "drug": "314076", "hasMedication": true,
 *   "resource": {…}}]
 * </pre>
 *
 * {@code drug} is left out where none could be read.
 */
final class StoredOrders {

  /** Decimals keep their digits. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private StoredOrders() {}

  static String write(List<DraftOrder> orders) {
    ArrayNode array = MAPPER.createArrayNode();
    for (DraftOrder order : orders) {
      ObjectNode json = array.addObject();
      json.put("reference", order.reference());
      json.put("selected", order.selected());
      order.drug().ifPresent(drug -> json.put("drug", drug.value()));
      json.put("hasMedication", order.hasMedication());
      json.set("resource", order.resource());
    }
    try {
      return MAPPER.writeValueAsString(array);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("trees are always writable", e);
    }
  }

  /**
   * @param stored what {@link #write} gave
   */
  static List<DraftOrder> read(String stored) {
    List<DraftOrder> orders = new ArrayList<>();
    for (JsonNode json : tree(stored)) {
      orders.add(
          new DraftOrder(
              json.path("reference").asText(),
              json.path("selected").asBoolean(),
              json.has("drug")
                  ? Optional.of(Drug.of(json.path("drug").asText()))
                  : Optional.empty(),
              json.path("hasMedication").asBoolean(),
              json.path("resource")));
    }
    return orders;
  }

  private static JsonNode tree(String stored) {
    try {
      return MAPPER.readTree(stored);
    } catch (JsonProcessingException e) {
      // Its message quotes the order
      throw new IllegalStateException("what was stored is JSON");
    }
  }
}
