package org.medcue.model.mrkpa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.training.initializer.NormalInitializer;
import java.util.ArrayList;
import java.util.List;
import org.medcue.model.nn.GraphAttention;
import org.medcue.model.nn.Heads;
import org.medcue.model.nn.Scalars;
import org.medcue.model.nn.Tables;
import org.medcue.model.nn.VisitEncoder;
import org.medcue.model.visits.CodeVocabulary;
import org.medcue.model.visits.PaddedSets;
import org.medcue.model.visits.TokenSet;
import org.medcue.model.visits.TreePaths;
import org.medcue.model.visits.VisitBatch;
import org.medcue.model.visits.VisitNetwork;
import org.medcue.model.visits.Vocabulary;

/**
 * MR-KPA: graph attention over the code trees (equation 1), a Transformer encoder of each field of
 * a visit (2–4), and a head over five visit vectors (10): the history's means of diagnoses,
 * symptoms and drugs, and the present diagnoses and symptoms. For a first visit the means are
 * learned constants.
 *
 * <p>Beyond the paper, a drug memory: even averaging loses which drugs the last visit had, so four
 * features a drug also reach its logit directly — ordered in the last visit with drugs, in the last
 * one with the present reason, share of earlier visits with drugs, and attention of the present
 * visit over earlier ones. See ADR 0005.
 *
 * <p>Shapes: T tokens, U distinct sets, L longest set, N visits, B targets, l vector size, M
 * labels.
 */
public final class MrKpaNetwork extends VisitNetwork {

  private static final int MEMORY_FEATURES = 4;
  private static final int HISTORY_VECTORS = 3;
  private static final List<String> ENCODING =
      List.of("diagnosisTree", "drugTree", "symptoms", "specials", "roles", "inputNorm", "encoder");

  private final MrKpaConfig config;
  private final Vocabulary vocabulary;
  private final GraphAttention diagnosisTree;
  private final GraphAttention drugTree;
  private final Parameter symptoms;
  private final Parameter specials;
  private final Parameter roles;
  private final LayerNorm inputNorm;
  private final VisitEncoder encoder;
  private final Parameter firstVisit;
  private final Linear head;
  private final Linear query;
  private final Linear key;
  private final Parameter attentionBias;
  private final Parameter memoryWeights;

  /** The network for a vocabulary, not yet initialised. */
  public MrKpaNetwork(MrKpaConfig config, Vocabulary vocabulary) {
    super(vocabulary.labels().size());
    this.config = config;
    this.vocabulary = vocabulary;
    int l = config.size();
    int labels = vocabulary.labels().size();
    diagnosisTree = addChildBlock("diagnosisTree", tree(vocabulary.diagnoses()));
    drugTree = addChildBlock("drugTree", tree(vocabulary.drugs()));
    symptoms = table("symptoms", Vocabulary.rows(vocabulary.symptoms()), l);
    specials = table("specials", Vocabulary.SPECIAL_TOKENS, l);
    roles = table("roles", TokenSet.ROLES, l);
    inputNorm = addChildBlock("inputNorm", LayerNorm.builder().axis(2).build());
    encoder =
        addChildBlock(
            "encoder",
            new VisitEncoder(
                config.layers(), l, config.encoderHeads(), config.feedForward(), config.dropout()));
    firstVisit = constant("firstVisit", new Shape(HISTORY_VECTORS, l), 0);
    head = addChildBlock("head", Heads.linear(labels));
    query = addChildBlock("query", linear(l));
    key = addChildBlock("key", linear(l));
    attentionBias = constant("attentionBias", new Shape(2), 0);
    memoryWeights = constant("memoryWeights", new Shape(MEMORY_FEATURES, labels), 1);
  }

  /** The embeddings of diagnosis and drug nodes, which adversarial training perturbs. */
  List<Parameter> ontologyTables() {
    return List.of(diagnosisTree.nodes(), drugTree.nodes());
  }

  /** Whether a parameter makes visit vectors, which pre-training teaches; others are the head's. */
  static boolean encodesVisits(String parameter) {
    return ENCODING.stream().anyMatch(parameter::startsWith);
  }

  /** l. */
  int size() {
    return config.size();
  }

  private GraphAttention tree(CodeVocabulary codes) {
    int headSize = config.size() / config.graphHeads();
    return new GraphAttention(Vocabulary.rows(codes), config.size(), config.graphHeads(), headSize);
  }

  private static Linear linear(int units) {
    return Linear.builder().setUnits(units).build();
  }

  private Parameter table(String name, int rows, int columns) {
    return addParameter(
        Parameter.builder()
            .setName(name)
            .setType(Parameter.Type.OTHER)
            .optShape(new Shape(rows, columns))
            .optInitializer(new NormalInitializer(0.3f))
            .build());
  }

  private Parameter constant(String name, Shape shape, float value) {
    return addParameter(
        Parameter.builder()
            .setName(name)
            .setType(Parameter.Type.OTHER)
            .optShape(shape)
            .optInitializer(new ConstantInitializer(value))
            .build());
  }

  @Override
  public NDArray tokenTable(ParameterStore store, NDManager manager, boolean training) {
    var device = manager.getDevice();
    return NDArrays.concat(
        new NDList(
            store.getValue(specials, device, training),
            nodes(diagnosisTree, vocabulary.diagnoses(), store, manager, training),
            nodes(drugTree, vocabulary.drugs(), store, manager, training),
            store.getValue(symptoms, device, training)));
  }

  private static NDArray nodes(
      GraphAttention tree,
      CodeVocabulary codes,
      ParameterStore store,
      NDManager manager,
      boolean training) {
    TreePaths paths = TreePaths.of(codes);
    NDArray indices = manager.create(paths.indices(), paths.shape());
    NDArray mask = manager.create(paths.mask(), paths.shape());
    return tree.forward(store, new NDList(indices, mask), training).singletonOrThrow();
  }

  /** Visit vectors of sets (U, l), bucket after bucket (equations 2–4). */
  NDArray setVectors(
      ParameterStore store,
      NDManager manager,
      NDArray tokenTable,
      List<List<TokenSet>> buckets,
      boolean train) {
    NDList vectors = new NDList();
    for (List<TokenSet> bucket : buckets) {
      PaddedSets sets = PaddedSets.of(bucket);
      NDArray tokens = manager.create(sets.tokens(), sets.shape());
      NDArray roleIds = manager.create(sets.roles(), sets.shape());
      NDArray mask = manager.create(sets.mask(), sets.shape());
      NDArray roleTable = store.getValue(roles, manager.getDevice(), train);
      NDArray x = Tables.rows(tokens, tokenTable).add(Tables.rows(roleIds, roleTable)); // (·, L, l)
      NDArray normed = inputNorm.forward(store, new NDList(x), train).singletonOrThrow();
      vectors.addAll(encoder.forward(store, new NDList(normed, mask), train));
    }
    // DJL copies a list of one, and its copy has no gradient.
    return vectors.size() == 1 ? vectors.head() : NDArrays.concat(vectors);
  }

  @Override
  public NDArray logits(
      ParameterStore store,
      NDManager manager,
      NDArray tokenTable,
      VisitBatch batch,
      boolean train) {
    NDArray setVectors = setVectors(store, manager, tokenTable, batch.buckets(), train);
    return headOver(store, manager, setVectors, batch, train);
  }

  /** Logits (B, M) from the visit vectors of the batch's distinct sets (U, l). */
  NDArray headOver(
      ParameterStore store,
      NDManager manager,
      NDArray setVectors,
      VisitBatch batch,
      boolean train) {
    int n = batch.visitCount();
    int b = batch.targetCount();
    NDArray presentDiagnoses = rows(manager, setVectors, batch.presentDiagnosisRows()); // (B, l)
    NDArray presentSymptoms = rows(manager, setVectors, batch.presentSymptomRows()); // (B, l)
    NDArray means; // (B, 3 · l)
    NDArray constants =
        store.getValue(firstVisit, manager.getDevice(), train).reshape(1, 3L * config.size());
    NDArray first = manager.create(batch.firstVisits(), new Shape(b, 1));
    if (n == 0) {
      means = first.matMul(constants);
      return headLogits(store, means, presentDiagnoses, presentSymptoms, train);
    }
    List<NDArray> fields = new ArrayList<>(); // diagnoses, symptoms, drugs: (N, l) each
    fields.add(rows(manager, setVectors, batch.diagnosisRows()));
    fields.add(rows(manager, setVectors, batch.symptomRows()));
    fields.add(rows(manager, setVectors, batch.drugRows()));
    NDArray historyMean = manager.create(batch.historyMean(), new Shape(b, n));
    NDArray history = historyMean.matMul(NDArrays.concat(new NDList(fields), 1));
    means = history.add(first.matMul(constants));
    NDArray logits = headLogits(store, means, presentDiagnoses, presentSymptoms, train);
    if (!config.drugMemory()) {
      return logits;
    }
    NDArray present = presentDiagnoses.concat(presentSymptoms, 1); // (B, 2 · l)
    NDArray past = fields.get(0).concat(fields.get(1), 1); // (N, 2 · l)
    return logits.add(memory(store, manager, present, past, batch, train));
  }

  private NDArray headLogits(
      ParameterStore store, NDArray means, NDArray diagnoses, NDArray symptomsNow, boolean train) {
    NDArray five = NDArrays.concat(new NDList(means, diagnoses, symptomsNow), 1); // (B, 5 · l)
    NDArray dropped =
        train ? Dropout.dropout(five, config.dropout(), true).singletonOrThrow() : five;
    return head.forward(store, new NDList(dropped), train).singletonOrThrow();
  }

  /** The drug memory's part of the logits (B, M). */
  private NDArray memory(
      ParameterStore store,
      NDManager manager,
      NDArray present,
      NDArray past,
      VisitBatch batch,
      boolean train) {
    Shape cells = new Shape(batch.targetCount(), batch.visitCount());
    NDArray drugs =
        manager.create(batch.visitDrugs(), new Shape(batch.visitCount(), batch.labelCount()));
    NDArray mask = manager.create(batch.drugVisits(), cells);
    NDArray bias = store.getValue(attentionBias, manager.getDevice(), train);

    NDArray q = query.forward(store, new NDList(present), train).singletonOrThrow();
    NDArray k = key.forward(store, new NDList(past), train).singletonOrThrow();
    NDArray distance = manager.create(batch.gaps(), cells);
    NDArray decay = Activation.softPlus(bias.get("0:1").sub(3)); // starts slow: about 0.05 a visit
    NDArray scores =
        Scalars.scale(q.matMul(k.transpose()), 1 / Math.sqrt(config.size()))
            .sub(distance.mul(decay))
            .add(Scalars.blocked(mask)); // (B, N)
    NDArray nothing = bias.get("1:2").broadcast(new Shape(batch.targetCount(), 1));
    NDArray attention =
        nothing.concat(scores, 1).softmax(1).get(":, 1:").mul(mask); // may attend to no visit

    NDArray last = manager.create(batch.lastDrugVisit(), cells).matMul(drugs);
    NDArray sameReason = manager.create(batch.lastDrugVisitOfSameReason(), cells).matMul(drugs);
    NDArray count = mask.sum(new int[] {1}, true).maximum(1);
    NDArray share = mask.matMul(drugs).div(count);
    NDArray weights = store.getValue(memoryWeights, manager.getDevice(), train);
    return last.mul(weights.get(0))
        .add(sameReason.mul(weights.get(1)))
        .add(share.mul(weights.get(2)))
        .add(attention.matMul(drugs).mul(weights.get(3)));
  }

  /** The vectors (rows, l) of some rows of a table. */
  static NDArray rows(NDManager manager, NDArray table, long[] rows) {
    return Tables.rows(manager.create(rows), table);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    int l = config.size();
    diagnosisTree.initialize(manager, type, TreePaths.of(vocabulary.diagnoses()).shape());
    drugTree.initialize(manager, type, TreePaths.of(vocabulary.drugs()).shape());
    inputNorm.initialize(manager, type, new Shape(1, 1, l));
    encoder.initialize(manager, type, new Shape(1, 1, l), new Shape(1, 1));
    head.initialize(manager, type, new Shape(1, 5L * l));
    query.initialize(manager, type, new Shape(1, 2L * l));
    key.initialize(manager, type, new Shape(1, 2L * l));
  }
}
