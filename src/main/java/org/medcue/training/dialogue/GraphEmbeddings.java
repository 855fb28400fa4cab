package org.medcue.training.dialogue;

import org.jspecify.annotations.Nullable;
import org.medcue.knowledge.DiseaseGraph;
import org.medcue.model.ddn.DdnConfig;
import org.medcue.model.ddn.TransR;
import org.medcue.model.ddn.TransRTraining;
import org.medcue.training.Progress;

/**
 * TransR's embeddings of the knowledge graph, which every network that reads it begins with. No
 * dialogue is in them, so they are made once for all systems and folds.
 */
final class GraphEmbeddings {

  private static final int SEED = 1;

  private final DiseaseGraph graph;
  private @Nullable TransR made;

  GraphEmbeddings(DiseaseGraph graph) {
    this.graph = graph;
  }

  synchronized TransR get(Progress progress) {
    if (made == null) {
      made =
          TransRTraining.embed(
              graph.triples(),
              graph,
              DdnConfig.standard().entity(),
              SEED,
              (done, all) -> progress.update("embedding the knowledge graph", done, all));
    }
    return made;
  }
}
