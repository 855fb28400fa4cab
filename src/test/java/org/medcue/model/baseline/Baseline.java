package org.medcue.model.baseline;

import java.util.List;
import java.util.function.Function;
import org.medcue.clinical.PatientRecord;
import org.medcue.model.learning.TrainingPhase;
import org.medcue.model.mrkpa.SmallCohort;
import org.medcue.model.visits.FineTuning;
import org.medcue.model.visits.VisitModel;
import org.medcue.model.visits.VisitNetwork;
import org.medcue.model.visits.Vocabulary;

/** The baselines that are trained by gradient, small enough for tests. */
enum Baseline {
  REGRESSION(0.2f, vocabulary -> new RegressionNetwork(vocabulary, false)),
  REGRESSION_WITH_SAME_REASON(0.2f, vocabulary -> new RegressionNetwork(vocabulary, true)),
  RETAIN(2e-2f, vocabulary -> new RetainNetwork(vocabulary, 16, 0.1f)),
  TRANSFORMER(1e-2f, vocabulary -> new VisitTransformerNetwork(vocabulary, 16, 2, 2, 24, 0.1f));

  private final float rate;
  private final Function<Vocabulary, VisitNetwork> network;

  Baseline(float rate, Function<Vocabulary, VisitNetwork> network) {
    this.rate = rate;
    this.network = network;
  }

  VisitModel untrained(Vocabulary vocabulary) {
    return VisitModel.initialise(vocabulary, network.apply(vocabulary), 1);
  }

  /** Trains without weight decay. Returns the mean loss of the last epoch. */
  double train(VisitModel model, List<PatientRecord> patients, int epochs) {
    TrainingPhase.Schedule schedule = new TrainingPhase.Schedule(epochs, 8, rate, 0, 1);
    double loss = 0;
    try (FineTuning tuning = new FineTuning(model, SmallCohort.KNOWLEDGE, patients, schedule)) {
      for (int epoch = 1; epoch <= epochs; epoch++) {
        loss = tuning.epoch(epoch, (done, now) -> {});
      }
    }
    return loss;
  }
}
