package org.medcue.training.dialogue;

import java.util.List;
import java.util.stream.Stream;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.ddn.Ddn;
import org.medcue.model.ddn.DdnConfig;
import org.medcue.model.ddn.DdnFineTuning;
import org.medcue.model.ddn.DdnModel;
import org.medcue.model.ddn.WordingRegression;
import org.medcue.model.learning.Calibration;

/** The systems that {@code medcue compare ddn} fits. */
final class DialogueSystems {

  /** Weight of half the squared weights of TF-IDF's regression. */
  private static final double TF_IDF_REGULARISATION = 0.1;

  private static final String WORDING = "wording";

  private final DialogueKnowledge knowledge;
  private final DdnConfig network;
  private final GraphEmbeddings embeddings;
  private final DdnFitting ddn;

  /**
   * @param network DDN's sizes and the encoder, which the baselines use too
   */
  DialogueSystems(DialogueKnowledge knowledge, DdnConfig network) {
    this.knowledge = knowledge;
    this.network = network;
    this.embeddings = new GraphEmbeddings(knowledge.graph());
    this.ddn = new DdnFitting(knowledge, embeddings);
  }

  /** How the parts of DDN are fitted. */
  DdnFitting fitting() {
    return ddn;
  }

  /** All systems that are fitted. */
  List<DialogueSystem> all() {
    return Stream.concat(
            ofDdn().stream(), new DialogueBaselines(knowledge, embeddings, network).all().stream())
        .toList();
  }

  private List<DialogueSystem> ofDdn() {
    return List.of(
        new DialogueSystem(
            "disease-prior",
            "drugs of the disease by frequency",
            "add one",
            ProtocolTrainer.each((training, seed, progress) -> diseasePrior(training))),
        new DialogueSystem(
            "tf-idf",
            "TF-IDF: regression on runs of characters and the disease",
            "regularisation " + TF_IDF_REGULARISATION,
            ProtocolTrainer.each(
                (training, seed, progress) -> {
                  WordingRegression regression =
                      WordingRegression.ofWhole(knowledge, training, TF_IDF_REGULARISATION);
                  return scorer(regression);
                })),
        new DialogueSystem(
            WORDING,
            "the same by speaker, with drugs that are named and what surrounds marks",
            DdnFitting.WORDING_SETTINGS,
            (training, seed, progress) -> {
              WordingRegression regression = ddn.wording(training);
              return protocol -> scorer(regression);
            }),
        network("ddn-network", "DDN's network", network),
        network(
            "ddn-network-without-dialogue-graph",
            "DDN's network without dialogue graph",
            network.withoutDialogueGraph()),
        network(
            "ddn-network-without-knowledge-graph",
            "DDN's network without knowledge graph",
            network.withoutKnowledgeGraph()));
  }

  /** DDN and what it is without a graph: blended from the systems above. */
  List<DialogueBlend> blends() {
    return List.of(
        blend("ddn-without-dialogue-graph", "DDN without dialogue graph"),
        blend("ddn-without-knowledge-graph", "DDN without knowledge graph"),
        ddn());
  }

  /** DDN as it is shipped. */
  DialogueBlend ddn() {
    return blend("ddn", "DDN: the network blended with the regression on wording");
  }

  private static DialogueBlend blend(String key, String title) {
    return new DialogueBlend(
        key, title, key.replace("ddn", "ddn-network"), WORDING, Ddn.NETWORK_SHARE);
  }

  private DialogueSystem network(String key, String title, DdnConfig config) {
    return new DialogueSystem(
        key,
        title,
        DdnFitting.settings(config),
        (training, seed, progress) -> {
          DdnModel model = ddn.network(config, training, seed, null, progress);
          return new DialogueSystem.Fitted() {
            @Override
            public DialogueScorer under(Protocol protocol) {
              return (dialogue, disease) ->
                  Calibration.none()
                      .ofLogits(
                          model
                              .logits(
                                  List.of(
                                      new DdnModel.Asked(
                                          Protocol.CLINICAL.read(dialogue), disease.index())))[0]);
            }

            @Override
            public void close() {
              model.close();
            }
          };
        });
  }

  private static ProtocolTrainer.Scorer scorer(WordingRegression regression) {
    return (dialogue, disease) ->
        Calibration.none()
            .ofLogits(regression.logits(new DdnModel.Asked(dialogue, disease.index())));
  }

  private ProtocolTrainer.Scorer diseasePrior(List<DdnFineTuning.Example> training) {
    int drugs = knowledge.drugs().drugs().size();
    float[][] shares = new float[knowledge.diseases().diseases().size()][drugs];
    int[] dialogues = new int[shares.length];
    for (DdnFineTuning.Example example : training) {
      int disease = example.asked().disease();
      dialogues[disease]++;
      example.drugs().forEach(drug -> shares[disease][drug]++);
    }
    for (int disease = 0; disease < shares.length; disease++) {
      for (int drug = 0; drug < drugs; drug++) {
        shares[disease][drug] /= dialogues[disease] + 1;
      }
    }
    return (dialogue, disease) -> shares[disease.index()].clone();
  }
}
