package org.medcue.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * SNOMED CT findings that count as symptoms although ICD-10-CM files them outside chapter XVIII, or
 * nowhere: a FHIR R4 ValueSet that lists its concepts.
 *
 * @param concepts SNOMED CT identifiers
 */
public record AcceptedFindings(Set<String> concepts) {

  private static final String BUNDLED = "fhir-profiles/terminology/ValueSet-accepted-findings.json";

  public AcceptedFindings {
    concepts = Set.copyOf(concepts);
  }

  /** The findings that come with Medcue. */
  public static AcceptedFindings bundled() {
    return read(JsonFiles.readBundled(BUNDLED, "ValueSet"), BUNDLED);
  }

  /**
   * @throws FhirException if the file is not such a ValueSet
   */
  public static AcceptedFindings load(Path valueSetJson) {
    return read(JsonFiles.read(valueSetJson, "ValueSet"), valueSetJson.toString());
  }

  boolean contains(String concept) {
    return concepts.contains(concept);
  }

  private static AcceptedFindings read(JsonNode valueSet, String file) {
    Set<String> concepts = new TreeSet<>();
    for (JsonNode include : valueSet.path("compose").path("include")) {
      if (include.path("system").asText("").equals(CodeSystems.SNOMED_CT)) {
        include.path("concept").forEach(concept -> concepts.add(concept.path("code").asText("")));
      }
    }
    if (concepts.isEmpty()) {
      throw new FhirException(
          file + ": expected a ValueSet whose compose.include lists SNOMED CT concepts");
    }
    return new AcceptedFindings(concepts);
  }
}
