package org.medcue.knowledge;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/**
 * Brings names and texts to one form in which they are compared: full-width letters as ASCII, lower
 * case, traditional characters as simplified ones where they occur in our names. Character by
 * character, so that positions stay those of the text.
 */
final class SurfaceForm {

  private static final String TRADITIONAL =
      "脫萬嚴為麗樂億侖眾優偉傳傷偽體兒蘭關興內涼創製劑動勞區醫華單盧衛參雙發變葉號後噴復複頭奧妝媽寧宮賓爾帶乾應菴開異強態懸撲損數斷無顯桿來楊樣畢氣"
          + "氫瀉澤潔淺漿塗潤淵溫濕潰滿滅靈爐煉爛熱愛狀環瘍瘡皰癥癬鹽蓋確堿鹼竅竇篩類紅純納細經結絡維綠緩縮羅羥翹聯腸膚膽膠腦膿腳節蘆蘇蕁藥蓮獲藍薊蠟觸訂"
          + "診諾穀貝質賴賽贊輪軟輕達過邁運還連遺醯採釋裡針鈉鉀鉍鋁銨銼鋒銳錯鎂門間陽霧黴韋順頗頜顆額風飛馬魯鳥麥黃齊";
  private static final String SIMPLIFIED =
      "脱万严为丽乐亿仑众优伟传伤伪体儿兰关兴内凉创制剂动劳区医华单卢卫参双发变叶号后喷复复头奥妆妈宁宫宾尔带干应庵开异强态悬扑损数断无显杆来杨样毕气"
          + "氢泻泽洁浅浆涂润渊温湿溃满灭灵炉炼烂热爱状环疡疮疱症癣盐盖确碱碱窍窦筛类红纯纳细经结络维绿缓缩罗羟翘联肠肤胆胶脑脓脚节芦苏荨药莲获蓝蓟蜡触订"
          + "诊诺谷贝质赖赛赞轮软轻达过迈运还连遗酰采释里针钠钾铋铝铵锉锋锐错镁门间阳雾霉韦顺颇颌颗额风飞马鲁鸟麦黄齐";
  private static final Map<Character, Character> SIMPLER = simpler();

  private SurfaceForm() {}

  /** The form of a text, of the same length. */
  static String of(String text) {
    char[] form = text.toCharArray();
    for (int i = 0; i < form.length; i++) {
      form[i] = of(form[i]);
    }
    return new String(form);
  }

  private static char of(char character) {
    if (character < 128) {
      return Character.toLowerCase(character);
    }
    char plain = Character.isSurrogate(character) ? character : compatible(character);
    char lower = Character.toLowerCase(plain);
    return SIMPLER.getOrDefault(lower, lower);
  }

  private static char compatible(char character) {
    String compatible = Normalizer.normalize(String.valueOf(character), Normalizer.Form.NFKC);
    return compatible.length() == 1 ? compatible.charAt(0) : character;
  }

  /**
   * Whether a name may stand at these positions: a Latin name or number is not part of a longer
   * one, so that "taf" is not found in "staff".
   */
  static boolean isWhole(String form, int start, int end) {
    return !(start > 0 && isLatin(form.charAt(start)) && isLatin(form.charAt(start - 1)))
        && !(end < form.length() && isLatin(form.charAt(end - 1)) && isLatin(form.charAt(end)));
  }

  private static boolean isLatin(char character) {
    return character < 128 && Character.isLetterOrDigit(character);
  }

  private static Map<Character, Character> simpler() {
    Map<Character, Character> simpler = new HashMap<>();
    for (int i = 0; i < TRADITIONAL.length(); i++) {
      simpler.put(TRADITIONAL.charAt(i), SIMPLIFIED.charAt(i));
    }
    return simpler;
  }
}
