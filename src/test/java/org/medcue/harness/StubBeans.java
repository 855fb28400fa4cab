package org.medcue.harness;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.medcue.fhir.AcceptedFindings;
import org.medcue.fhir.ConceptTranslator;
import org.medcue.fhir.DialogueReader;
import org.medcue.fhir.DraftOrders;
import org.medcue.fhir.PrefetchReader;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.KnowledgeBase;

/** Real knowledge and mapping, where nobody else makes beans of them. */
public final class StubBeans {

  @Produces
  @Singleton
  @DefaultBean
  KnowledgeBase knowledge() {
    return KnowledgeBase.load(Path.of("model-registry"), KnowledgeBase.bundled());
  }

  @Produces
  @Singleton
  @DefaultBean
  DialogueKnowledge dialogueKnowledge() {
    return DialogueKnowledge.load(Path.of("model-registry"), DialogueKnowledge.bundled());
  }

  @Produces
  @Singleton
  @DefaultBean
  DialogueReader dialogueReader(KnowledgeBase knowledge, DialogueKnowledge dialogues) {
    return new DialogueReader(
        knowledge, dialogues.drugs(), ConceptTranslator.bundled(), AcceptedFindings.bundled());
  }

  @Produces
  @Singleton
  @DefaultBean
  PrefetchReader prefetchReader(KnowledgeBase knowledge) {
    return new PrefetchReader(knowledge, ConceptTranslator.bundled(), AcceptedFindings.bundled());
  }

  @Produces
  @Singleton
  @DefaultBean
  DraftOrders draftOrders(KnowledgeBase knowledge, DialogueKnowledge dialogues) {
    return new DraftOrders(knowledge.drugs(), dialogues.drugs());
  }
}
