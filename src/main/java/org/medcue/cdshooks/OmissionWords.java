package org.medcue.cdshooks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.DialogueEvidence;
import org.medcue.clinical.Omission;
import org.medcue.clinical.PatientEvidence;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.Utterance;
import org.medcue.clinical.VisitEvidence;

/** Says in words what the evidence lacked and what follows from it. */
final class OmissionWords {

  private OmissionWords() {}

  static List<String> of(PatientEvidence evidence, List<Omission> omissions) {
    List<String> words = new ArrayList<>();
    if (evidence instanceof VisitEvidence chart && chart.visits().history().isEmpty()) {
      words.add("No history: this is the first visit known");
    }
    if (evidence instanceof DialogueEvidence talk) {
      silence(talk.dialogue()).ifPresent(words::add);
    }
    omissions.forEach(omission -> words.add(words(omission)));
    return words;
  }

  private static Optional<String> silence(Dialogue dialogue) {
    List<Speaker> speakers = dialogue.utterances().stream().map(Utterance::speaker).toList();
    if (speakers.isEmpty()) {
      return Optional.of("No messages: there is no dialogue to read");
    }
    if (!speakers.contains(Speaker.PATIENT)) {
      return Optional.of("No messages of the patient");
    }
    return speakers.contains(Speaker.DOCTOR)
        ? Optional.empty()
        : Optional.of("No messages of the doctor");
  }

  private static String words(Omission omission) {
    String subject = omission.subject();
    String list = subject.equals("communications") ? "messages" : subject;
    String things = omission.count() + " × " + thing(subject);
    return switch (omission.kind()) {
      case PREFETCH_ABSENT -> capital(list) + " were not sent: " + consequence(subject);
      case PREFETCH_FAILED ->
          capital(list) + " could not be queried by the EHR: " + consequence(subject);
      case PREFETCH_TRUNCATED ->
          "Only the first page of " + list + " was sent: " + consequence(subject);
      case NO_DATE -> things + " without a date: " + undated(subject);
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
      case UNRESOLVED_DIAGNOSIS -> things + " naming a diagnosis that was not sent";
      case NO_TEXT -> things + " or part of one without text: attachments are not read";
      case UNKNOWN_SENDER -> things + " neither of the doctor nor of the patient: left out";
      case OTHER_CONVERSATION -> things + " not between doctor and patient: left out";
      case OTHER_ENCOUNTER -> things + " of another visit: left out";
      case TOO_LONG -> things + " at the start of a long dialogue: left out or shortened";
    };
  }

  private static String undated(String subject) {
    return switch (subject) {
      case "Condition" -> "read as of today, not as history";
      case "Communication" -> "read in the order in which the EHR sent them";
      default -> "left out";
    };
  }

  private static String thing(String subject) {
    return switch (subject) {
      case "Encounter" -> "visit";
      case "Condition" -> "condition";
      case "MedicationRequest" -> "drug order";
      case "Medication" -> "drug";
      case "AllergyIntolerance" -> "allergy";
      case "Communication" -> "message";
      default -> subject;
    };
  }

  private static String consequence(String prefetchKey) {
    return switch (prefetchKey) {
      case "encounters" -> "history may be incomplete";
      case "conditions" -> "diagnoses may be missing";
      case "medications" -> "earlier and current drugs may be missing";
      case "communications" -> "the dialogue may be incomplete";
      case "allergies" -> "an allergy may have been missed";
      default -> "something may be missing";
    };
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
