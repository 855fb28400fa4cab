package org.medcue.export;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a patient is erased, by the grounds of article 17(1) GDPR. The audit trail keeps it for good,
 * so it is a code and not somebody's words.
 */
enum ErasureReason {
  NO_LONGER_NECESSARY,
  CONSENT_WITHDRAWN,
  OBJECTION,
  UNLAWFUL_PROCESSING,
  LEGAL_OBLIGATION;

  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> codes() {
    return Arrays.stream(values()).map(ErasureReason::code).toList();
  }

  static Optional<ErasureReason> of(String code) {
    return Arrays.stream(values()).filter(reason -> reason.code().equals(code)).findFirst();
  }
}
