package org.medcue.model.ddn;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.medcue.knowledge.DiseaseGraph;
import org.medcue.knowledge.DiseaseGraph.Triple;
import org.medcue.model.learning.TrainingPhase;
import org.medcue.model.nn.Scalars;

/**
 * Trains TransR by margin ranking: each fact should lie nearer than one made false by another head
 * or tail, drawn anew each epoch; a corruption that is a fact itself is not drawn.
 */
public final class TransRTraining extends TrainingPhase<List<Triple>> {

  /** Hears how far it has come. */
  @FunctionalInterface
  public interface Listener {
    void epoch(int done, int all);
  }

  private static final double MARGIN = 1;
  private static final int EPOCHS = 150;
  private static final int BATCH = 256;
  private static final float RATE = 5e-3f;

  private final TransR model;
  private final List<Triple> facts;
  private final Set<Triple> known;
  private final int entityCount;
  private Random corruption = new Random(0);

  /**
   * @param facts to learn; all others count as false, also those that a judgement holds out
   * @param entityCount of the graph
   */
  public TransRTraining(TransR model, List<Triple> facts, int entityCount, Schedule schedule) {
    super(
        "TransR",
        model.manager(),
        model.parameters(),
        schedule,
        (facts.size() + schedule.batch() - 1) / schedule.batch());
    this.model = model;
    this.facts = List.copyOf(facts);
    this.known = new HashSet<>(facts);
    this.entityCount = entityCount;
  }

  @Override
  public int unitsAnEpoch() {
    return facts.size();
  }

  @Override
  protected List<List<Triple>> batches(Random random) {
    List<Triple> order = new ArrayList<>(facts);
    Collections.shuffle(order, random);
    corruption = new Random(random.nextLong());
    List<List<Triple>> batches = new ArrayList<>();
    for (int from = 0; from < order.size(); from += schedule().batch()) {
      batches.add(order.subList(from, Math.min(order.size(), from + schedule().batch())));
    }
    return batches;
  }

  @Override
  protected int units(List<Triple> batch) {
    return batch.size();
  }

  @Override
  protected String origin(List<Triple> batch) {
    return "a batch of " + batch.size() + " facts of the knowledge graph";
  }

  @Override
  protected double accumulateGradients(List<Triple> batch, NDManager arrays) {
    List<Triple> corrupted = batch.stream().map(this::corrupt).toList();
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray margin = distances(batch, arrays).sub(distances(corrupted, arrays)).add(MARGIN);
      NDArray total = Activation.relu(margin).sum();
      collector.backward(Scalars.scale(total, 1.0 / batch.size()));
      return total.getFloat();
    }
  }

  /** Embeddings stay within the unit ball: else the margin is had by making all of them longer. */
  @Override
  protected void stepped() {
    for (NDArray table : List.of(model.entities(), model.relations())) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        table.divi(table.square().sum(new int[] {1}, true).sqrt().maximum(1));
      }
    }
  }

  private Triple corrupt(Triple fact) {
    while (true) {
      int other = corruption.nextInt(entityCount);
      Triple corrupted =
          corruption.nextBoolean()
              ? new Triple(other, fact.relation(), fact.tail())
              : new Triple(fact.head(), fact.relation(), other);
      if (!known.contains(corrupted)) {
        return corrupted;
      }
    }
  }

  private NDArray distances(List<Triple> triples, NDManager arrays) {
    return model.distances(
        store(),
        arrays.create(triples.stream().mapToLong(Triple::head).toArray()),
        arrays.create(triples.stream().mapToLong(Triple::relation).toArray()),
        arrays.create(triples.stream().mapToLong(Triple::tail).toArray()),
        true);
  }

  /**
   * Embeddings of some facts, with the settings that were found to tell most held-out facts.
   *
   * @param facts to learn
   * @param graph that they are of
   * @param size E
   * @param listener hears after each epoch how many are done, and of how many
   */
  public static TransR embed(
      List<Triple> facts, DiseaseGraph graph, int size, int seed, Listener listener) {
    TransR embeddings = new TransR(graph.entities().size(), graph.relations().size(), size, seed);
    Schedule schedule = new Schedule(EPOCHS, BATCH, RATE, 0, seed);
    try (TransRTraining training =
        new TransRTraining(embeddings, facts, graph.entities().size(), schedule)) {
      for (int epoch = 1; epoch <= EPOCHS; epoch++) {
        training.epoch(epoch, (done, loss) -> {});
        listener.epoch(epoch, EPOCHS);
      }
    }
    return embeddings;
  }
}
