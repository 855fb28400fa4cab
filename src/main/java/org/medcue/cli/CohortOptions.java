package org.medcue.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
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

  private static final String MAP_WANTED =
      "the file of a FHIR R4 ConceptMap from SNOMED CT to ICD-10-CM, JSON in UTF-8, plain or .gz";

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

  private boolean noticed;

  /** The cohort; where no ConceptMap is given, says once what is used instead. */
  CohortSource source() {
    Path folder = Objects.requireNonNull(cohort);
    requireNamed("--cohort", folder, "the folder of FHIR bulk NDJSON");
    if (conceptMap == null) {
      notice();
      return new CohortSource(folder, Optional.empty());
    }
    requireNamed("--concept-map", conceptMap, MAP_WANTED);
    if (Files.isDirectory(conceptMap)) {
      throw new CommandException(
          "--concept-map " + conceptMap + " is a folder: give " + MAP_WANTED);
    }
    return new CohortSource(folder, Optional.of(conceptMap));
  }

  private void notice() {
    if (!noticed) {
      System.err.println(
          "Note: no --concept-map: SNOMED CT diagnoses are translated by the small bundled map, and"
              + " those that it lacks are not read.");
      noticed = true;
    }
  }

  /**
   * Refuses a path of no characters, which would mean the working folder.
   *
   * @throws CommandException that says what to give
   */
  static void requireNamed(String option, Path path, String wanted) {
    if (path.toString().isBlank()) {
      throw new CommandException(option + " is empty: give " + wanted);
    }
  }

  /** Whether two labels interact; empty where labels are not products, which the table is about. */
  Optional<InteractionRule> interactions(
      KnowledgeVersion version, KnowledgeBase knowledge, LabelSpace labels) {
    if (labels != LabelSpace.PRODUCT) {
      return Optional.empty();
    }
    InteractionTable table = InteractionTable.load(registry, version, knowledge.drugs());
    return Optional.of(
        new InteractionRule(
            table.version().toString(),
            (a, b) -> table.interacts(new DrugCode(a), new DrugCode(b))));
  }

  KnowledgeBase knowledge(List<KnowledgeVersion> versions) {
    return KnowledgeBase.load(registry, versions);
  }
}
