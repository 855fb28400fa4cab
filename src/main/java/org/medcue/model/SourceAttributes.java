package org.medcue.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The 31 source attributes that a model card states of a predictive decision support intervention
 * (45 CFR 170.315(b)(11)(iv)), as {@code N. **Title.** text}.
 */
public final class SourceAttributes {

  /** The card's file in a version's folder. */
  public static final String CARD = "MODEL_CARD.md";

  private static final List<String> TITLES =
      List.of(
          "developer and contact",
          "funding",
          "value produced",
          "type of output",
          "intended use",
          "patient population",
          "users",
          "role in the decision",
          "out of scope",
          "known risks and limitations",
          "inclusion and exclusion criteria",
          "use of demographic, social and health-status inputs",
          "representativeness",
          "relevance to the deployed setting",
          "approach to fairness",
          "bias mitigation",
          "external validation: data source and setting",
          "external validation: who tested",
          "external validation: representativeness",
          "external validation: process",
          "internal validity",
          "internal fairness",
          "external validity",
          "external fairness",
          "outcome evaluations",
          "monitoring of validity",
          "validity in local data",
          "monitoring of fairness",
          "local fairness",
          "update process and frequency",
          "frequency of correction");

  /** Those that nobody may know. */
  private static final Set<Integer> MAY_BE_UNAVAILABLE =
      Set.of(17, 18, 19, 20, 23, 24, 25, 27, 29, 30, 31);

  /** Up to the next attribute or heading. */
  private static final Pattern ATTRIBUTE =
      Pattern.compile(
          "^([0-9]{1,2})\\. \\*\\*[^*\\n]+\\*\\*(.*?)(?=^[0-9]{1,2}\\. \\*\\*|^#|\\z)",
          Pattern.MULTILINE | Pattern.DOTALL);

  private static final Pattern UNAVAILABLE =
      Pattern.compile("(not available|not applicable|n/?a|tbd|todo)(\\W|$)");

  private SourceAttributes() {}

  /**
   * What a version's card lacks.
   *
   * @return a line for each attribute that is absent, empty, or not available where it has to be:
   *     "5, intended use: absent"; empty for a complete card
   * @throws ModelException if the card cannot be read
   */
  public static List<String> missing(ModelFolder folder) {
    Path card = folder.file(CARD);
    try {
      return missing(Files.readString(card));
    } catch (NoSuchFileException e) {
      return missing("");
    } catch (IOException e) {
      throw new ModelException("cannot read " + card, e);
    }
  }

  /** What a card lacks. */
  static List<String> missing(String card) {
    Map<Integer, String> stated = new TreeMap<>();
    Matcher attribute = ATTRIBUTE.matcher(card);
    while (attribute.find()) {
      stated.merge(Integer.parseInt(attribute.group(1)), attribute.group(2), String::concat);
    }
    List<String> missing = new ArrayList<>();
    for (int number = 1; number <= TITLES.size(); number++) {
      String title = number + ", " + TITLES.get(number - 1) + ": ";
      String text = stated.get(number);
      if (text == null) {
        missing.add(title + "absent");
      } else if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
        missing.add(title + "empty");
      } else if (isUnavailable(text) && !MAY_BE_UNAVAILABLE.contains(number)) {
        missing.add(title + "not available, which only some attributes may be");
      }
    }
    return missing;
  }

  private static boolean isUnavailable(String text) {
    return UNAVAILABLE.matcher(text.strip().toLowerCase(Locale.ROOT)).lookingAt();
  }
}
