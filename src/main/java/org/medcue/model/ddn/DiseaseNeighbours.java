package org.medcue.model.ddn;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.DiseaseGraph;

/**
 * The neighbours of each disease in the knowledge graph, padded to the same number. A disease's
 * first neighbour is itself, by a relation of its own, so that one without facts has one too.
 */
public final class DiseaseNeighbours {

  private final int most;
  private final long[][] entities;
  private final long[][] relations;
  private final float[][] mask;
  private final int relationCount;

  public DiseaseNeighbours(DialogueKnowledge knowledge) {
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

  /** Relations in both directions and that of a disease to itself. */
  public int relationCount() {
    return relationCount;
  }

  /**
   * The neighbours of some diseases as {@link DiseaseEncoder} reads them, for B diseases of which
   * the one that has most has N neighbours.
   *
   * @return entities (B, N), relations to them (B, N), and a mask (B, N), 1 for a neighbour
   */
  public NDList of(NDManager manager, List<Integer> diseases) {
    long[] entitiesOf = new long[diseases.size() * most];
    long[] relationsOf = new long[diseases.size() * most];
    float[] maskOf = new float[diseases.size() * most];
    for (int row = 0; row < diseases.size(); row++) {
      int disease = diseases.get(row);
      System.arraycopy(entities[disease], 0, entitiesOf, row * most, most);
      System.arraycopy(relations[disease], 0, relationsOf, row * most, most);
      System.arraycopy(mask[disease], 0, maskOf, row * most, most);
    }
    Shape shape = new Shape(diseases.size(), most);
    return new NDList(
        manager.create(entitiesOf, shape),
        manager.create(relationsOf, shape),
        manager.create(maskOf, shape));
  }
}
