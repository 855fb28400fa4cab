package org.medcue.fhir;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medcue.knowledge.DrugTree;

/** The code systems that Medcue reads, by their FHIR names or by the OIDs that older feeds use. */
final class CodeSystems {

  static final String ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm";
  static final String SNOMED_CT = "http://snomed.info/sct";
  static final String RXNORM = DrugTree.RXNORM;
  static final String NDC = DrugTree.NDC;

  private static final Map<String, String> BY_OID =
      Map.of(
          "urn:oid:2.16.840.1.113883.6.90", ICD_10_CM,
          "urn:oid:2.16.840.1.113883.6.96", SNOMED_CT,
          "urn:oid:2.16.840.1.113883.6.88", RXNORM,
          "urn:oid:2.16.840.1.113883.6.69", NDC);

  private CodeSystems() {}

  static String canonical(@Nullable String system) {
    String given = system == null ? "" : system;
    return BY_OID.getOrDefault(given, given);
  }
}
