package org.medcue.training.dialogue;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.Speaker;
import org.medcue.knowledge.DialogueDisease;
import org.medcue.knowledge.DialogueDiseases;

/**
 * Finds the diagnosis in what was said where nobody recorded it: the one disease that the doctor
 * names, or if the doctor names none, the patient. Clauses that ask or deny do not count; several
 * diseases are "other or undiagnosed".
 */
final class StatedDisease {

  private static final Pattern CLAUSE = Pattern.compile("[^，。；！？,;!?\\n]+[？?]?");
  private static final Pattern NOT_STATED =
      Pattern.compile("[？?]$|(吗|么|没有|没)$|不是|不像|排除|除外|有没有|是否|是不是|没有|无(?!论)|不考虑|预防|怕|担心");

  private final DialogueDiseases diseases;
  private final Map<String, DialogueDisease> byName = new HashMap<>();
  private final Pattern names;

  StatedDisease(DialogueDiseases diseases) {
    this.diseases = diseases;
    for (DialogueDisease disease : diseases.diseases()) {
      if (!disease.equals(diseases.other())) {
        Stream.concat(Stream.of(disease.label()), disease.names().stream())
            .filter(name -> name.charAt(0) > 127) // Latin words occur within other words
            .forEach(name -> byName.put(name, disease));
      }
    }
    names =
        Pattern.compile(
            byName.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
  }

  /** The disease that a dialogue states. */
  DialogueDisease in(Dialogue dialogue) {
    return Stream.of(Speaker.DOCTOR, Speaker.PATIENT)
        .map(speaker -> named(dialogue, speaker))
        .filter(Predicate.not(Set::isEmpty))
        .findFirst()
        .filter(named -> named.size() == 1)
        .map(named -> named.iterator().next())
        .orElse(diseases.other());
  }

  private Set<DialogueDisease> named(Dialogue dialogue, Speaker speaker) {
    Set<DialogueDisease> named = new LinkedHashSet<>();
    dialogue.utterances().stream()
        .filter(said -> said.speaker() == speaker)
        .flatMap(said -> CLAUSE.matcher(said.text()).results())
        .map(clause -> clause.group().strip())
        .filter(clause -> !NOT_STATED.matcher(clause).find())
        .forEach(
            clause -> {
              Matcher matcher = names.matcher(clause);
              while (matcher.find()) {
                named.add(byName.getOrDefault(matcher.group(), diseases.other()));
              }
            });
    return named;
  }
}
