package org.medcue.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugCode;

/**
 * The drug of an order to be proposed.
 *
 * @param drug a product, or a label
 * @param display its name
 * @param atc the ATC codes of a label, the usual one first; empty for a product
 */
public record OrderedDrug(Drug drug, String display, List<String> atc) {

  public OrderedDrug {
    atc = List.copyOf(atc);
  }

  /**
   * A CodeableConcept with text and at least one coding. All codings of a concept mean the same
   * drug, so of several ATC codes only the usual one is sent: the others are other drugs or other
   * ways of giving it. A label is coded by itself too, since some have no ATC code.
   */
  ObjectNode concept() {
    ObjectNode concept = JsonNodeFactory.instance.objectNode();
    ArrayNode codings = concept.putArray("coding");
    if (drug instanceof DrugCode) {
      code(codings, CodeSystems.RXNORM, drug.value());
    } else {
      atc.stream().findFirst().ifPresent(code -> code(codings, CodeSystems.ATC, code));
      code(codings, CodeSystems.DIALOGUE_DRUGS, drug.value());
    }
    return concept.put("text", display);
  }

  private void code(ArrayNode codings, String system, String code) {
    codings.addObject().put("system", system).put("code", code).put("display", display);
  }
}
