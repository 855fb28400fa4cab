package org.medcue.knowledge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * National Drug Codes as aliases of RxNorm drugs. Packages of one product share its first nine
 * digits (labeler and product), so a product is kept by those where all its packages are one drug.
 */
final class NdcTable {

  private static final Pattern ELEVEN_DIGITS = Pattern.compile("[0-9]{11}");
  // The dashes of a code of ten digits (4-4-2, 5-3-2, 5-4-1) tell which part lacks its zero;
  // without dashes, or with a zero lacking in two parts, nothing does.
  private static final Pattern PARTS = Pattern.compile("([0-9]{4,5})-([0-9]{3,4})-([0-9]{1,2})");
  private static final int PRODUCT_DIGITS = 9;

  private final Map<String, String> rxcuis = new HashMap<>(40_000);

  /**
   * @param rows RxCUI, then codes of 9 or 11 digits separated by spaces
   */
  NdcTable(List<String[]> rows) {
    for (String[] row : rows) {
      for (String code : row[1].split(" ")) {
        rxcuis.put(code, row[0]);
      }
    }
  }

  /** The RxCUI of a code; empty if unknown, or in a form that leaves doubt. */
  Optional<String> rxcui(String ndc) {
    return elevenDigits(ndc)
        .flatMap(
            digits -> {
              String product = rxcuis.get(digits.substring(0, PRODUCT_DIGITS));
              return Optional.ofNullable(product != null ? product : rxcuis.get(digits));
            });
  }

  private static Optional<String> elevenDigits(String ndc) {
    Matcher parts = PARTS.matcher(ndc);
    if (!parts.matches()) {
      return Optional.of(ndc).filter(code -> ELEVEN_DIGITS.matcher(code).matches());
    }
    String digits =
        padded(parts.group(1), 5) + padded(parts.group(2), 4) + padded(parts.group(3), 2);
    boolean oneZeroAtMost = ndc.length() >= "1234-1234-12".length();
    return Optional.of(digits).filter(code -> oneZeroAtMost);
  }

  private static String padded(String part, int length) {
    return part.length() < length ? "0" + part : part;
  }
}
