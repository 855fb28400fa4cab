package org.medcue.cdshooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.DrugLabel;
import org.medcue.fhir.DraftOrder;
import org.medcue.platform.JsonBody;

class StoredOrdersTest {

  /** As a request is read: decimals keep their digits. */
  private static JsonNode resource(String json) {
    return JsonBody.object(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void ordersAreReadBackEqual() {
    JsonNode order = resource("{\"dose\": 1.50, \"note\": [{\"text\": \"饭前 😀\"}], \"n\": 2}");
    List<DraftOrder> orders =
        List.of(
            new DraftOrder("MedicationRequest/1", true, Optional.empty(), false, order),
            new DraftOrder(
                "MedicationRequest/2", false, Optional.of(new DrugCode("314076")), true, order),
            new DraftOrder(
                "MedicationRequest/3", false, Optional.of(new DrugLabel("奥美拉唑")), true, order));

    List<DraftOrder> read = StoredOrders.read(StoredOrders.write(orders));

    assertThat(read).isEqualTo(orders);
    assertThat(read.get(0).resource().path("dose").decimalValue()).hasToString("1.50");
  }
}
