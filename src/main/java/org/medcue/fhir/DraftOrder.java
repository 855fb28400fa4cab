package org.medcue.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.medcue.clinical.DrugCode;

/**
 * A MedicationRequest that the doctor is writing.
 *
 * @param reference {@code MedicationRequest/id}, as selections name it
 * @param selected whether it is among the context's selections
 * @param drug the drug ordered, where Medcue can read it
 * @param hasMedication whether it states a medication at all
 * @param resource the resource as it was sent
 */
public record DraftOrder(
    String reference,
    boolean selected,
    Optional<DrugCode> drug,
    boolean hasMedication,
    JsonNode resource) {}
