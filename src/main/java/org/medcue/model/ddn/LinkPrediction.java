package org.medcue.model.ddn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.medcue.knowledge.DiseaseGraph.Triple;

/** Judges embeddings of a graph by whether they find the tails of facts. */
public final class LinkPrediction {

  private final TransR model;
  private final Set<Triple> known;
  private final int entityCount;
  private final ParameterStore store;

  /**
   * @param known all facts of the graph, learned or not
   * @param entityCount of the graph
   */
  public LinkPrediction(TransR model, Collection<Triple> known, int entityCount) {
    this.model = model;
    this.known = new HashSet<>(known);
    this.entityCount = entityCount;
    this.store = new ParameterStore(model.manager(), false);
  }

  /**
   * How well tails are found: the share of facts whose tail is among the nearest, of all entities
   * that would not make another known fact ("filtered").
   *
   * @param asked facts, best ones that were not learned
   * @param most how many of the nearest count, usually 10
   */
  public double hits(List<Triple> asked, int most) {
    long found = asked.stream().filter(fact -> rank(fact) <= most).count();
    return (double) found / Math.max(1, asked.size());
  }

  private int rank(Triple fact) {
    float[] distances;
    try (NDManager arrays = model.manager().newSubManager()) {
      NDArray all =
          model.distances(
              store,
              arrays.create(LongStream.generate(fact::head).limit(entityCount).toArray()),
              arrays.create(LongStream.generate(fact::relation).limit(entityCount).toArray()),
              arrays.create(LongStream.range(0, entityCount).toArray()),
              false);
      all.attach(arrays);
      distances = all.toFloatArray();
    }
    int rank = 1;
    for (int tail = 0; tail < entityCount; tail++) {
      boolean other = !known.contains(new Triple(fact.head(), fact.relation(), tail));
      if (other && distances[tail] < distances[fact.tail()]) {
        rank++;
      }
    }
    return rank;
  }
}
