package org.medcue.fhir;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.Symptom;

/**
 * Reads what a CodeableConcept says in ICD-10-CM: its own codings win, then those of the WHO's
 * ICD-10, then SNOMED CT through the ConceptMap. Chapter XVIII becomes symptoms, social findings
 * are left out unless accepted.
 */
final class ConceptCoder {

  // The more direct statement first
  private static final List<String> SYSTEMS =
      List.of(CodeSystems.ICD_10_CM, CodeSystems.ICD_10, CodeSystems.SNOMED_CT);
  private static final Pattern CHAPTER_XVIII = Pattern.compile("R[0-9]{2}(\\..*)?");
  // Socio-economic and psychosocial circumstances, and problems of life management (stress)
  private static final Pattern SOCIAL = Pattern.compile("Z(5[5-9]|6[0-5]|73)(\\..*)?");
  // What the seven characters of a full-length code may be: ICD-10-PCS codes, which maps hold by
  // mistake (F02ZFYZ), have seven too but others
  private static final Pattern FULL_LENGTH =
      Pattern.compile("...\\.[0-9A-DX][0-9A-EX][0-9A-HX][0-9A-HJKMNP-S]");
  private static final Pattern SNOMED_ID = Pattern.compile("[0-9]{6,18}");

  private final Predicate<String> inClassification;
  private final ConceptTranslator translator;
  private final AcceptedFindings accepted;

  /**
   * @param inClassification whether a dotted code has a place in ICD-10-CM
   */
  ConceptCoder(
      Predicate<String> inClassification, ConceptTranslator translator, AcceptedFindings accepted) {
    this.inClassification = inClassification;
    this.translator = translator;
    this.accepted = accepted;
  }

  /** The concept's codes; where there are none, the reason is noted for the resource type. */
  ClinicalCodes read(CodeableConcept concept, String resourceType, ChartNotes notes) {
    Set<DiagnosisCode> diagnoses = new LinkedHashSet<>();
    Set<Symptom> symptoms = new LinkedHashSet<>();
    Kind missing = Kind.NO_CODE;
    for (Reading reading : readings(concept)) {
      if (reading.omitted() != null) {
        missing = reading.omitted();
      }
      for (String code : reading.codes()) {
        notes.name(code, nameOf(concept, reading.coding()));
        if (CHAPTER_XVIII.matcher(code).matches() || SNOMED_ID.matcher(code).matches()) {
          symptoms.add(new Symptom(code));
        } else {
          diagnoses.add(new DiagnosisCode(code));
        }
      }
    }
    if (diagnoses.isEmpty() && symptoms.isEmpty()) {
      notes.omit(missing, resourceType);
      return ClinicalCodes.NONE;
    }
    return new ClinicalCodes(diagnoses, symptoms);
  }

  private record Reading(Coding coding, List<String> codes, @Nullable Kind omitted) {
    boolean says() {
      return !codes.isEmpty() || omitted == Kind.SOCIAL_FINDING;
    }
  }

  /** What the first system says that says anything; else why the last one does not. */
  private List<Reading> readings(CodeableConcept concept) {
    List<Reading> silent = List.of();
    for (String system : SYSTEMS) {
      List<Reading> readings = new ArrayList<>();
      for (Coding coding : concept.getCoding()) {
        if (coding.getCode() != null && CodeSystems.canonical(coding.getSystem()).equals(system)) {
          readings.add(read(system, coding));
        }
      }
      if (readings.stream().anyMatch(Reading::says)) {
        return readings;
      }
      silent = readings.isEmpty() ? silent : readings;
    }
    return silent;
  }

  private Reading read(String system, Coding coding) {
    return switch (system) {
      case CodeSystems.ICD_10_CM -> inline(coding, classified(coding.getCode()));
      case CodeSystems.ICD_10 -> inline(coding, fromWho(coding.getCode()));
      default -> translated(coding);
    };
  }

  private static Reading inline(Coding coding, Optional<String> code) {
    if (code.isPresent() && SOCIAL.matcher(code.get()).matches()) {
      return new Reading(coding, List.of(), Kind.SOCIAL_FINDING);
    }
    return new Reading(coding, code.stream().toList(), code.isEmpty() ? Kind.NO_CODE : null);
  }

  private Optional<String> fromWho(String text) {
    return WhoIcd10.inIcd10Cm(text).stream().flatMap(code -> classified(code).stream()).findFirst();
  }

  private Reading translated(Coding coding) {
    String concept = coding.getCode();
    List<String> targets =
        translator.targets(concept).stream()
            .flatMap(target -> classified(target).stream())
            .distinct()
            .toList();
    if (accepted.contains(concept)) {
      // An accepted finding is a symptom: by its chapter XVIII targets, else in its own right
      List<String> symptoms =
          targets.stream().filter(code -> CHAPTER_XVIII.matcher(code).matches()).toList();
      return new Reading(coding, symptoms.isEmpty() ? List.of(concept) : symptoms, null);
    }
    if (targets.stream().anyMatch(code -> SOCIAL.matcher(code).matches())) {
      return new Reading(coding, List.of(), Kind.SOCIAL_FINDING);
    }
    return new Reading(coding, targets, targets.isEmpty() ? Kind.UNMAPPED_CODE : null);
  }

  /** The code in its normal form, if it has the form of ICD-10-CM and a place there. */
  private Optional<String> classified(String text) {
    try {
      String code = DiagnosisCode.parse(text).value();
      boolean otherSystem = code.length() == 8 && !FULL_LENGTH.matcher(code).matches();
      return otherSystem ? Optional.empty() : Optional.of(code).filter(inClassification);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static @Nullable String nameOf(CodeableConcept concept, Coding coding) {
    boolean oneOfSeveral = concept.getCoding().size() > 1 && coding.hasDisplay();
    return concept.hasText() && !oneOfSeveral ? concept.getText() : coding.getDisplay();
  }
}
