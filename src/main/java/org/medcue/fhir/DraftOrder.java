package org.medcue.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.medcue.clinical.Drug;

/**
 * A MedicationRequest that the doctor is writing.
 *
 * @param reference {@code MedicationRequest/id}, as selections name it
 * @param selected whether it is among the context's selections
 * @param drug the product ordered, or the label of the dialogue model, where Medcue can read it
 * @param hasMedication whether it states a medication at all
 * @param resource the resource as it was sent
 */
public record DraftOrder(
    String reference,
    boolean selected,
    Optional<Drug> drug,
    boolean hasMedication,
    JsonNode resource) {}
