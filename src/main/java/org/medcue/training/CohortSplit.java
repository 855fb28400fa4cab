package org.medcue.training;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.medcue.clinical.PatientRecord;

/**
 * Splits a cohort by patient, 70 : 15 : 15. A patient's part depends on the seed and the identifier
 * alone, so it stays when the cohort grows and anyone can recompute it.
 *
 * @param seed written into the manifest of what was trained
 */
public record CohortSplit(long seed) {

  /** The split of the bundled versions: one for all seeds, so that they can be compared. */
  public static final long STANDARD_SEED = 20221219;

  /** The parts of a split. */
  public enum Part {
    /** Weights are fitted here. */
    TRAIN,
    /** Threshold and best epoch are chosen here. */
    VALIDATION,
    /** For reports alone: nothing is chosen by it. */
    TEST
  }

  /** The part that a patient belongs to: SHA-256 of seed and identifier, modulo 100. */
  public Part partOf(String patientId) {
    long bucket = bucket("medcue-split:" + seed + ":" + patientId, 100);
    if (bucket < 70) {
      return Part.TRAIN;
    }
    return bucket < 85 ? Part.VALIDATION : Part.TEST;
  }

  /** The patients of one part, in the cohort's order. */
  public List<PatientRecord> select(List<PatientRecord> patients, Part part) {
    return patients.stream().filter(p -> partOf(p.patientId()) == part).toList();
  }

  /** A number from 0 to {@code buckets} - 1 that the text alone decides. */
  public static long bucket(String text, int buckets) {
    byte[] digest = sha256(text.getBytes(StandardCharsets.UTF_8));
    return Integer.toUnsignedLong(ByteBuffer.wrap(digest).getInt()) % buckets;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
