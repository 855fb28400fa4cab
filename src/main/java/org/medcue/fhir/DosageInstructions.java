package org.medcue.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.r4.model.MedicationRequest;

/** Reads the {@code dosageInstruction} arrays that orders are filled with. */
final class DosageInstructions {

  private static final FhirContext FHIR = FhirContext.forR4Cached();

  /** More dosages than versions that answer at the same time have. */
  private static final int MOST_KNOWN = 10_000;

  /** Whether HAPI can parse it: asked once for each text, not in every answer. */
  private static final Map<String, Boolean> KNOWN = new ConcurrentHashMap<>();

  private DosageInstructions() {}

  /**
   * A dosage of its own to write into an order.
   *
   * @param json an array in FHIR JSON
   * @return empty where it is no array of FHIR R4 Dosages
   */
  static Optional<ArrayNode> read(String json) {
    try {
      return FhirJson.parse(json) instanceof ArrayNode dosages && isFhir(json, dosages)
          ? Optional.of(dosages)
          : Optional.empty();
    } catch (FhirJson.NotFhir e) {
      return Optional.empty();
    }
  }

  private static boolean isFhir(String json, ArrayNode dosages) {
    if (KNOWN.size() >= MOST_KNOWN) {
      KNOWN.clear();
    }
    return KNOWN.computeIfAbsent(json, text -> isFhir(dosages));
  }

  private static boolean isFhir(ArrayNode dosages) {
    ObjectNode order = JsonNodeFactory.instance.objectNode();
    order.put("resourceType", "MedicationRequest").set("dosageInstruction", dosages);
    IParser parser = FHIR.newJsonParser().setParserErrorHandler(new StrictErrorHandler());
    try {
      MedicationRequest parsed = parser.parseResource(MedicationRequest.class, order.toString());
      return parsed.hasDosageInstruction();
    } catch (RuntimeException e) {
      // HAPI takes some forms for granted, and fails in ways of its own where they are not there
      return false;
    }
  }
}
