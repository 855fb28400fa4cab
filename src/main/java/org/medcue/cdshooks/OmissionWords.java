package org.medcue.cdshooks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.DialogueEvidence;
import org.medcue.clinical.Omission;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.PatientEvidence;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.Utterance;
import org.medcue.clinical.VisitEvidence;
import org.medcue.recommendation.Phrases;

/** Says in words what the evidence lacked and what follows from it. */
final class OmissionWords {

  private final Phrases phrases;

  OmissionWords(Phrases phrases) {
    this.phrases = phrases;
  }

  List<String> of(PatientEvidence evidence, List<Omission> omissions) {
    List<String> words = new ArrayList<>();
    if (evidence instanceof VisitEvidence chart && chart.visits().history().isEmpty()) {
      words.add(phrases.say("first.visit"));
    }
    if (evidence instanceof DialogueEvidence talk) {
      boolean cut = omissions.stream().anyMatch(o -> o.kind() == Kind.TOO_LONG);
      silence(talk.dialogue())
          .map(key -> phrases.say(cut ? key + ".cut" : key))
          .ifPresent(words::add);
    }
    omissions.forEach(omission -> words.add(words(omission)));
    return words;
  }

  private static Optional<String> silence(Dialogue dialogue) {
    List<Speaker> speakers = dialogue.utterances().stream().map(Utterance::speaker).toList();
    if (speakers.isEmpty()) {
      return Optional.of("silent.both");
    }
    if (!speakers.contains(Speaker.PATIENT)) {
      return Optional.of("silent.patient");
    }
    return speakers.contains(Speaker.DOCTOR) ? Optional.empty() : Optional.of("silent.doctor");
  }

  private String words(Omission omission) {
    String subject = omission.subject();
    return switch (omission.kind()) {
      case PREFETCH_ABSENT, PREFETCH_FAILED, PREFETCH_TRUNCATED -> {
        String list = list(subject);
        yield phrases.say(
            "omission." + omission.kind(), list, capital(list), orElse("consequence", subject));
      }
      default -> {
        String special = "omission." + omission.kind() + "." + subject;
        String things = phrases.say("things", omission.count(), orItself("thing.", subject));
        yield phrases.say(phrases.has(special) ? special : "omission." + omission.kind(), things);
      }
    };
  }

  /** What a prefetch key holds, for people. */
  String list(String prefetchKey) {
    return orItself("list.", prefetchKey);
  }

  private String orItself(String prefix, String subject) {
    return phrases.has(prefix + subject) ? phrases.say(prefix + subject) : subject;
  }

  private String orElse(String key, String subject) {
    String special = key + "." + subject;
    return phrases.say(phrases.has(special) ? special : key);
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
