package org.medcue.training.dialogue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.medcue.knowledge.DialogueDrug;
import org.medcue.knowledge.DrugLexicon;
import org.medcue.knowledge.DrugMention;

/**
 * Tells a doctor's recommendation of a drug from other mentions. The clause decides, which ends at
 * a comma or full stop: a drug that it advises against, asks about or says was taken is not
 * recommended. Anything else a doctor says of a drug counts, also a mere explanation, unless the
 * utterance advised against it before.
 */
final class Recommendation {

  private static final String CLAUSE_ENDS = "，。；！？,;!?\n";

  /** Unless the clause turns round behind it: 不要吃甲，改吃乙. */
  private static final Pattern REFUSED_BEFORE =
      Pattern.compile(
          "(不(吃|服|要|能|可|宜|建议|推荐|用|需|必|应|该|适合|考虑)|无需|没必要|(?<![特分区性个])别(?!的|人|处)"
              + "|停(用|掉|服|吃)|禁(用|忌|止)|忌(用|服)|避免(使|服|应|用|吃)|勿(用|服|吃))"
              + "(?!.*(改|换|而是|(?<!不)可以|应该|后))");

  private static final Pattern REFUSED_BEHIND =
      Pattern.compile(
          "^(?!其他|其它|别的).{0,3}(不要|不能|别|不用|不建议|不宜|不可以?|不推荐|无需|没必要|不)(再|继续)?(吃|用|服|口服|使用|了|$)"
              + "|^.{0,3}停(用|掉|了|服|$)|^过敏");

  private static final Pattern TAKEN = Pattern.compile("(吃|用|服|开|试|打|喝|买)过(?!敏)|(之前|以前|曾经)(吃|用|服)");

  private static final Pattern ASKED = Pattern.compile("^.*(吗|么|没有|没)$");
  private static final Pattern ASKED_BEFORE = Pattern.compile("有没有|有没|是否|是不是");

  private enum Stance {
    RECOMMENDED,
    REFUSED,
    /** Asked about, or said to have been taken. */
    MENTIONED
  }

  private Recommendation() {}

  /** The drugs that a doctor's utterance recommends, from left to right. */
  static List<DrugMention> in(String text, DrugLexicon drugs) {
    List<DrugMention> recommended = new ArrayList<>();
    Set<DialogueDrug> refused = new HashSet<>();
    for (DrugMention mention : drugs.find(text)) {
      switch (stance(text, mention)) {
        case REFUSED -> refused.add(mention.drug());
        case RECOMMENDED -> {
          if (!refused.contains(mention.drug())) {
            recommended.add(mention);
          }
        }
        case MENTIONED -> {}
      }
    }
    return recommended;
  }

  private static Stance stance(String text, DrugMention mention) {
    int start = mention.start();
    while (start > 0 && !endsClause(text, start - 1)) {
      start--;
    }
    int end = mention.end();
    while (end < text.length() && !endsClause(text, end)) {
      end++;
    }
    String before = text.substring(start, mention.start());
    String behind = text.substring(mention.end(), end).strip();
    if (REFUSED_BEFORE.matcher(before).find() || REFUSED_BEHIND.matcher(behind).find()) {
      return Stance.REFUSED;
    }
    boolean taken = TAKEN.matcher(before).find() || TAKEN.matcher(behind).find();
    boolean questionMark = end < text.length() && "？?".indexOf(text.charAt(end)) >= 0;
    boolean asked =
        questionMark || ASKED.matcher(behind).find() || ASKED_BEFORE.matcher(before).find();
    return taken || asked ? Stance.MENTIONED : Stance.RECOMMENDED;
  }

  private static boolean endsClause(String text, int at) {
    return CLAUSE_ENDS.indexOf(text.charAt(at)) >= 0;
  }
}
