package org.medcue.cdshooks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.medcue.clinical.Omission;
import org.medcue.clinical.VisitEvidence;

/** Says in words what the evidence lacked and what follows from it. */
final class OmissionWords {

  private OmissionWords() {}

  static List<String> of(VisitEvidence evidence, List<Omission> omissions) {
    List<String> words = new ArrayList<>();
    if (evidence.visits().history().isEmpty()) {
      words.add("No history: this is the first visit known");
    }
    omissions.forEach(omission -> words.add(words(omission)));
    return words;
  }

  private static String words(Omission omission) {
    String subject = omission.subject();
    String things = omission.count() + " × " + thing(subject);
    return switch (omission.kind()) {
      case PREFETCH_ABSENT -> capital(subject) + " were not sent: " + consequence(subject);
      case PREFETCH_FAILED ->
          capital(subject) + " could not be queried by the EHR: " + consequence(subject);
      case PREFETCH_TRUNCATED ->
          "Only the first page of " + subject + " was sent: " + consequence(subject);
      case NO_DATE ->
          subject.equals("Condition")
              ? things + " without a date: read as of today, not as history"
              : things + " without a date: left out";
      case NO_CODE -> things + " without a code that Medcue reads: left out";
      case UNMAPPED_CODE -> things + " whose code has no known ICD-10-CM code: left out";
      case UNRESOLVED_MEDICATION -> things + " naming a drug that was not sent: left out";
      case UNKNOWN_ENCOUNTER ->
          subject.equals("Encounter")
              ? "The present visit is not among the visits sent"
              : things + " of a visit that was not sent or did not take place";
      case SOCIAL_FINDING -> things + " stating a social finding: left out";
      case CODE_FALLBACK -> things + ": code read as its nearest ancestor known to the model";
      case UNKNOWN_CODE -> things + ": code unknown to the model";
      case UNREADABLE -> things + " that could not be read: left out";
    };
  }

  private static String thing(String subject) {
    return switch (subject) {
      case "Encounter" -> "visit";
      case "Condition" -> "condition";
      case "MedicationRequest" -> "drug order";
      case "Medication" -> "drug";
      case "AllergyIntolerance" -> "allergy";
      default -> subject;
    };
  }

  private static String consequence(String prefetchKey) {
    return switch (prefetchKey) {
      case "encounters" -> "history may be incomplete";
      case "conditions" -> "diagnoses may be missing";
      case "medications" -> "earlier and current drugs may be missing";
      case "allergies" -> "an allergy may have been missed";
      default -> "something may be missing";
    };
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
