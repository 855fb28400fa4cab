package org.medcue.knowledge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.medcue.knowledge.DiseaseGraph.Entity;
import org.medcue.knowledge.DiseaseGraph.Kind;
import org.medcue.knowledge.DiseaseGraph.Relation;
import org.medcue.knowledge.DiseaseGraph.Triple;

/** Reads the files of a disease graph and refuses facts that do not hang together. */
final class DiseaseGraphReader {

  private static final String RELATIONS = "relations.tsv";
  private static final String TRIPLES = "triples.tsv";

  private final KnowledgeFolder folder;
  private final Map<String, Relation> relationOf = new HashMap<>();
  private final Map<String, Entity> entityOf = new HashMap<>();
  private final List<Relation> relations = new ArrayList<>();
  private final List<Entity> entities = new ArrayList<>();
  private final List<Triple> triples = new ArrayList<>();

  DiseaseGraphReader(KnowledgeFolder folder, DialogueDiseases diseases, DrugLexicon drugs) {
    this.folder = folder;
    diseases.diseases().forEach(disease -> addEntity(disease.label(), Kind.DISEASE));
    drugs.drugs().forEach(drug -> addEntity(drug.label(), Kind.DRUG));
    folder.rows(RELATIONS, 4).forEach(this::addRelation);
    Set<Triple> facts = new HashSet<>();
    for (String[] row : folder.rows(TRIPLES, 3)) {
      Triple triple = triple(row);
      if (!facts.add(triple)) {
        throw folder.invalid(TRIPLES, String.join(" ", row) + " occurs twice");
      }
      triples.add(triple);
    }
  }

  List<Entity> entities() {
    return List.copyOf(entities);
  }

  List<Relation> relations() {
    return List.copyOf(relations);
  }

  List<Triple> triples() {
    return List.copyOf(triples);
  }

  private void addRelation(String[] row) {
    Relation relation = new Relation(relations.size(), row[0], kind(row[1]), kind(row[2]), row[3]);
    if (relationOf.put(row[0], relation) != null) {
      throw folder.invalid(RELATIONS, row[0] + " occurs twice");
    }
    relations.add(relation);
  }

  private Kind kind(String name) {
    try {
      return Kind.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw folder.invalid(RELATIONS, "no kind of entity " + name);
    }
  }

  private Triple triple(String[] row) {
    Relation relation = relationOf.get(row[1]);
    if (relation == null) {
      throw folder.invalid(TRIPLES, "no relation " + row[1] + " in " + RELATIONS);
    }
    Entity head = entity(row[0], relation.head(), relation);
    Entity tail = entity(row[2], relation.tail(), relation);
    if (head.equals(tail)) {
      throw folder.invalid(TRIPLES, row[0] + " is related to itself by " + row[1]);
    }
    return new Triple(head.index(), relation.index(), tail.index());
  }

  private Entity entity(String name, Kind kind, Relation relation) {
    Entity known = entityOf.get(name);
    boolean label = kind == Kind.DISEASE || kind == Kind.DRUG;
    if (name.isBlank() || (label && (known == null || known.kind() != kind))) {
      throw folder.invalid(
          TRIPLES, relation.name() + " needs a " + word(kind) + ", but none is labelled " + name);
    }
    if (known == null) {
      return addEntity(name, kind);
    }
    if (!kind.includes(known.kind())) {
      String problem = " needs a " + word(kind) + ", but " + name + " is a " + word(known.kind());
      throw folder.invalid(TRIPLES, relation.name() + problem);
    }
    return known;
  }

  private Entity addEntity(String name, Kind kind) {
    Entity entity = new Entity(entities.size(), name, kind);
    if (entityOf.put(name, entity) != null) {
      throw folder.invalid(TRIPLES, name + " is the label of a disease and of a drug");
    }
    entities.add(entity);
    return entity;
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
