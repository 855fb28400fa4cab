package org.medcue.fhir;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Codes of the WHO's ICD-10, of which ICD-10-CM is a modification: both share nearly all categories
 * and most fourth characters.
 */
final class WhoIcd10 {

  // Dagger and asterisk of double coding, and what stands for "further characters"
  private static final Pattern MARKS = Pattern.compile("[.*+†‡!#-]+$");
  // A category without subdivision, filled up to four characters: I10X, I10.x00
  private static final Pattern FILLED = Pattern.compile("([A-Z][0-9]{2})\\.?X.*");
  // National editions go on behind the WHO's four characters: E11.900x001
  private static final Pattern EXTENDED = Pattern.compile("([A-Z][0-9]{2}\\.?[0-9]).+");

  // Categories that ICD-10-CM dropped, and where it puts their diseases: HIV by complication,
  // respiratory tuberculosis not confirmed, Alzheimer dementia, stroke not specified, hemorrhoids
  private static final Map<String, String> MOVED =
      Map.of(
          "A16", "A15", "B21", "B20", "B22", "B20", "B23", "B20", "B24", "B20", "F00", "G30", "I64",
          "I63.9", "I84", "K64");
  // Diabetes not specified, which ICD-10-CM counts as type 2, with the same fourth characters
  private static final String UNSPECIFIED_DIABETES = "E14";

  private static final int CATEGORY = 3;

  private WhoIcd10() {}

  /** How a code may be written in ICD-10-CM, the most precise first. */
  static List<String> inIcd10Cm(String text) {
    String plain = MARKS.matcher(text.strip().toUpperCase(Locale.ROOT)).replaceFirst("");
    Matcher filled = FILLED.matcher(plain);
    String code = filled.matches() ? filled.group(1) : plain;
    Matcher extended = EXTENDED.matcher(code);
    return extended.matches()
        ? List.of(moved(code), moved(extended.group(1)))
        : List.of(moved(code));
  }

  private static String moved(String code) {
    if (code.startsWith(UNSPECIFIED_DIABETES)) {
      return "E11" + code.substring(CATEGORY);
    }
    return code.length() < CATEGORY ? code : MOVED.getOrDefault(code.substring(0, CATEGORY), code);
  }
}
