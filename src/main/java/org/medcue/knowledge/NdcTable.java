package org.medcue.knowledge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * National Drug Codes as aliases of RxNorm drugs. Packages of one product share its first nine
 * digits (labeler and product), so a product is kept by those where all its packages are one drug.
 */
final class NdcTable {

  // The two forms that leave no doubt; ten digits or another dash pattern could be padded anywhere.
  private static final Pattern HIPAA = Pattern.compile("[0-9]{11}|[0-9]{5}-[0-9]{4}-[0-9]{2}");
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

  /** The RxCUI of a code in 11 digits or 5-4-2 form; empty if unknown or in another form. */
  Optional<String> rxcui(String ndc) {
    if (!HIPAA.matcher(ndc).matches()) {
      return Optional.empty();
    }
    String digits = ndc.replace("-", "");
    String product = rxcuis.get(digits.substring(0, PRODUCT_DIGITS));
    return Optional.ofNullable(product != null ? product : rxcuis.get(digits));
  }
}
