package org.medcue.model.ddn;

import java.util.List;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.DiseaseGraph;

/**
 * The neighbours of each disease in the knowledge graph, padded to the same number. A disease's
 * first neighbour is itself, by a relation of its own, so that one without facts has one too.
 */
final class DiseaseNeighbours {

  private final int most;
  private final long[][] entities;
  private final long[][] relations;
  private final float[][] mask;
  private final int relationCount;

  DiseaseNeighbours(DialogueKnowledge knowledge) {
    DiseaseGraph graph = knowledge.graph();
    int diseases = knowledge.diseases().diseases().size();
    int self = 2 * graph.relations().size();
    relationCount = self + 1;
    int longest = 0;
    for (int disease = 0; disease < diseases; disease++) {
      longest = Math.max(longest, graph.neighbours(disease).size());
    }
    most = longest + 1;
    entities = new long[diseases][most];
    relations = new long[diseases][most];
    mask = new float[diseases][most];
    for (int disease = 0; disease < diseases; disease++) {
      fill(disease, self, graph.neighbours(disease));
    }
  }

  private void fill(int disease, int self, List<DiseaseGraph.Neighbour> neighbours) {
    entities[disease][0] = disease;
    relations[disease][0] = self;
    mask[disease][0] = 1;
    for (int i = 0; i < neighbours.size(); i++) {
      entities[disease][i + 1] = neighbours.get(i).entity();
      relations[disease][i + 1] = neighbours.get(i).relation();
      mask[disease][i + 1] = 1;
    }
  }

  /** N, neighbours of the disease that has most. */
  int most() {
    return most;
  }

  /** Relations in both directions and that of a disease to itself. */
  int relationCount() {
    return relationCount;
  }

  /** Entities of a disease's neighbours (N). */
  long[] entities(int disease) {
    return entities[disease];
  }

  /** Relations to them (N). */
  long[] relations(int disease) {
    return relations[disease];
  }

  /** 1 for a neighbour (N). */
  float[] mask(int disease) {
    return mask[disease];
  }
}
