package org.medcue.recommendation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.medcue.clinical.DiseaseRead;
import org.medcue.clinical.Omission;
import org.medcue.clinical.ScoredDrug;
import org.medcue.recommendation.drift.DriftSample;

/**
 * What Medcue has to say to one call, ready to be shown.
 *
 * @param id names it in the log
 * @param request what was asked
 * @param modelName the model that answered, such as {@code mrkpa}
 * @param modelVersion its version
 * @param widerLevel what the model predicts, in words, where a drug on offer stands for something
 *     wider; empty where it predicts products
 * @param knowledge knowledge versions that the model and the rules used, {@code name/version}
 * @param offered drugs on offer, most probable first
 * @param withheld drugs that would be on offer but for a reason that is shown
 * @param checked what the rules looked at, in words
 * @param notChecked what they could not or do not look at, in words; may quote the chart
 * @param disease the disease that the model took a dialogue to be about
 * @param omissions what the evidence lacks, and codes that the model did not know exactly
 * @param top the highest scores of the prediction, most probable first, for the log
 * @param predictionTime how long the model took, with its wait
 * @param sample what the answer adds to the counts of drift; empty where the version has no profile
 *     or was not asked for drugs
 */
public record Recommendation(
    UUID id,
    RecommendationRequest request,
    String modelName,
    String modelVersion,
    Optional<String> widerLevel,
    List<String> knowledge,
    List<OfferedDrug> offered,
    List<WithheldDrug> withheld,
    List<String> checked,
    List<String> notChecked,
    Optional<NamedDisease> disease,
    List<Omission> omissions,
    List<ScoredDrug> top,
    Duration predictionTime,
    Optional<DriftSample> sample) {

  /** A disease, its name for people, and why the model read it as this one. */
  public record NamedDisease(String display, DiseaseRead.Basis basis) {}

  public Recommendation {
    knowledge = List.copyOf(knowledge);
    offered = List.copyOf(offered);
    withheld = List.copyOf(withheld);
    checked = List.copyOf(checked);
    notChecked = List.copyOf(notChecked);
    omissions = List.copyOf(omissions);
    top = List.copyOf(top);
  }
}
