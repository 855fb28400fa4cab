package org.medcue.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.DrugCode;
import org.medcue.knowledge.InteractionTable;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.model.visits.LabelSpace;
import org.medcue.training.CohortSource;
import org.medcue.training.evaluation.InteractionRule;
import picocli.CommandLine.Option;

/** Options of every command that reads a cohort. */
final class CohortOptions {

  @Option(
      names = "--cohort",
      required = true,
      paramLabel = "DIR",
      description =
          "Folder of FHIR R4 bulk NDJSON, plain or gzip: Encounter and MedicationRequest; Condition,"
              + " Medication and Patient where there are any.")
  private @Nullable Path cohort;

  @Option(
      names = "--concept-map",
      paramLabel = "FILE",
      description =
          "FHIR R4 ConceptMap from SNOMED CT to ICD-10-CM; default: the small bundled one.")
  private @Nullable Path conceptMap;

  @Option(
      names = "--registry",
      paramLabel = "DIR",
      defaultValue = "model-registry",
      description = "Folder of models and knowledge; default: ${DEFAULT-VALUE}.")
  private Path registry = Path.of("model-registry");

  CohortSource source() {
    return new CohortSource(
        java.util.Objects.requireNonNull(cohort), Optional.ofNullable(conceptMap));
  }

  /** Whether two labels interact; empty where labels are not products, which the table is about. */
  Optional<InteractionRule> interactions(KnowledgeBase knowledge, LabelSpace labels) {
    if (labels != LabelSpace.PRODUCT) {
      return Optional.empty();
    }
    InteractionTable table = InteractionTable.load(registry, knowledge.drugs());
    return Optional.of((a, b) -> table.interacts(new DrugCode(a), new DrugCode(b)));
  }

  KnowledgeBase knowledge(List<KnowledgeVersion> versions) {
    return KnowledgeBase.load(registry, versions);
  }
}
