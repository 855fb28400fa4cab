package org.medcue.safety;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Names in English the classes and drugs that Chinese charts state most often as allergies and that
 * are no labels of the dialogue model: 青霉素过敏 is a penicillin allergy.
 */
final class ChineseSubstances {

  private static final Map<String, String> ENGLISH = new LinkedHashMap<>();

  static {
    ENGLISH.put("青霉素", "penicillin");
    ENGLISH.put("盘尼西林", "penicillin");
    ENGLISH.put("青黴素", "penicillin");
    ENGLISH.put("西林类", "penicillin");
    ENGLISH.put("氨苄西林", "ampicillin");
    ENGLISH.put("哌拉西林", "piperacillin");
    ENGLISH.put("头孢", "cephalosporin");
    ENGLISH.put("頭孢", "cephalosporin");
    ENGLISH.put("先锋霉素", "cephalosporin");
    ENGLISH.put("磺胺", "sulfonamide");
    ENGLISH.put("大环内酯", "macrolide");
    ENGLISH.put("喹诺酮", "quinolone");
    ENGLISH.put("沙星类", "quinolone");
    ENGLISH.put("四环素", "tetracycline");
    ENGLISH.put("氨基糖苷", "aminoglycoside");
    ENGLISH.put("非甾体", "nsaid");
    ENGLISH.put("解热镇痛", "nsaid");
    ENGLISH.put("阿司匹林", "aspirin");
    ENGLISH.put("阿斯匹林", "aspirin");
    ENGLISH.put("乙酰水杨酸", "aspirin");
    ENGLISH.put("扑热息痛", "acetaminophen");
    ENGLISH.put("可待因", "codeine");
    ENGLISH.put("抗组胺", "antihistamine");
    ENGLISH.put("糖皮质激素", "corticosteroid");
  }

  private ChineseSubstances() {}

  /** The English names, apart from each other; empty where the text has none of the words. */
  static String inEnglish(String text) {
    return ENGLISH.entrySet().stream()
        .filter(name -> text.contains(name.getKey()))
        .map(Map.Entry::getValue)
        .distinct()
        .collect(Collectors.joining(" ; "));
  }
}
