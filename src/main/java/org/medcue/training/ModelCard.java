package org.medcue.training;

import org.medcue.model.ModelManifest;

final class ModelCard {
  private ModelCard() {}

  static String of(ModelManifest manifest, ModelEvaluation evaluation) {
    return "";
  }
}
