package org.medcue.fhir;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medcue.knowledge.DrugTree;

/** The code systems that Medcue reads, by their FHIR names or by the OIDs that older feeds use. */
final class CodeSystems {

  static final String ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm";
  static final String ICD_10 = "http://hl7.org/fhir/sid/icd-10";
  static final String SNOMED_CT = "http://snomed.info/sct";
  static final String RXNORM = DrugTree.RXNORM;
  static final String NDC = DrugTree.NDC;

  static final String ATC = "http://www.whocc.no/atc";

  /** The labels of the dialogue model: Medcue's own. */
  static final String DIALOGUE_DRUGS = "https://medcue.org/fhir/CodeSystem/dialogue-drugs";

  private static final String OID = "urn:oid:";

  private static final Map<String, String> BY_OID =
      Map.of(
          "2.16.840.1.113883.6.90", ICD_10_CM,
          "2.16.840.1.113883.6.3", ICD_10,
          "2.16.840.1.113883.6.96", SNOMED_CT,
          "2.16.840.1.113883.6.88", RXNORM,
          "2.16.840.1.113883.6.73", ATC,
          "2.16.840.1.113883.6.69", NDC);

  private CodeSystems() {}

  /** The FHIR name; a version behind a bar, a final slash or https make no other system. */
  static String canonical(@Nullable String system) {
    String given = system == null ? "" : system.strip();
    int version = given.indexOf('|');
    String name = version < 0 ? given : given.substring(0, version);
    if (name.endsWith("/")) {
      name = name.substring(0, name.length() - 1);
    }
    if (name.startsWith("https:")) {
      name = "http:" + name.substring("https:".length());
    }
    String oid = name.startsWith(OID) ? name.substring(OID.length()) : name;
    return BY_OID.getOrDefault(oid, name);
  }
}
