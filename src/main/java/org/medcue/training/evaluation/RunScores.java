package org.medcue.training.evaluation;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What one run of one system scored, visit by visit, so that runs can be kept as JSON and compared
 * in pairs later.
 *
 * @param system name of the system
 * @param seed of weights and order
 * @param threshold probability from which a drug counted as predicted
 * @param patients those with a scored visit, in order of the cohort
 */
public record RunScores(String system, long seed, double threshold, List<Patient> patients) {

  /**
   * One patient's scored visits.
   *
   * @param key tells patients of one cohort apart: a digest of the identifier, without it
   * @param visits in order of time
   */
  public record Patient(String key, List<VisitScore> visits) {

    /** A field that a JSON file lacks would arrive as null: refused, by name. */
    public Patient {
      requireNonNull(key, "key");
      visits = List.copyOf(requireNonNull(visits, "visits"));
    }

    public static Patient of(String patientId, List<VisitScore> visits) {
      return new Patient(digest(patientId), visits);
    }

    private static String digest(String patientId) {
      try {
        byte[] text = ("medcue-run:" + patientId).getBytes(StandardCharsets.UTF_8);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
        return HexFormat.of().formatHex(digest, 0, 8);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }
  }

  /** A field that a JSON file lacks would arrive as null: refused, by name. */
  public RunScores {
    requireNonNull(system, "system");
    patients = List.copyOf(requireNonNull(patients, "patients"));
  }

  /** All visits together. */
  public Scores total() {
    Scores scores = new Scores();
    patients.forEach(patient -> patient.visits().forEach(scores::add));
    return scores;
  }

  /** The number of scored visits. */
  public int visits() {
    return patients.stream().mapToInt(patient -> patient.visits().size()).sum();
  }
}
