package org.medcue.knowledge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Facts about the diseases and drugs of the dialogue model as triples of head, relation and tail
 * (the knowledge graph of the DDN paper, section 4.4). Entities are numbered: the diseases in their
 * order, then the drugs in theirs, then the others as they are first mentioned. The disease that
 * takes the rest has no facts and no neighbours.
 */
public final class DiseaseGraph {

  static final String NAME = "disease-graph";

  /** What an entity is. */
  public enum Kind {
    DISEASE,
    DRUG,
    SYMPTOM,
    EXAMINATION,
    CAUSE,
    CONDITION,
    DEPARTMENT,
    SITE,
    MEASURE,
    CLASS,
    MECHANISM,
    ROUTE,
    SUBSTANCE;

    /** A disease is a condition too, and a drug a substance. */
    boolean includes(Kind kind) {
      return this == kind
          || (this == CONDITION && kind == DISEASE)
          || (this == SUBSTANCE && kind == DRUG);
    }
  }

  /** A node; its index is its place among {@link #entities()}. */
  public record Entity(int index, String name, Kind kind) {}

  /** A relation; its index is its place among {@link #relations()}. */
  public record Relation(int index, String name, Kind head, Kind tail, String meaning) {}

  /** A fact, by the indices of its entities and its relation. */
  public record Triple(int head, int relation, int tail) {}

  /**
   * An edge as an entity sees it.
   *
   * @param relation the index r of the relation where the entity is the head, r + the number of
   *     relations where it is the tail
   * @param entity the entity at the other end
   */
  public record Neighbour(int relation, int entity) {}

  /**
   * What lies around an entity.
   *
   * @param entities from the entity itself outwards, within a distance by index
   * @param triples all that join two of them, in the order of the graph
   */
  public record Surroundings(List<Integer> entities, List<Triple> triples) {

    public Surroundings {
      entities = List.copyOf(entities);
      triples = List.copyOf(triples);
    }
  }

  private final KnowledgeVersion version;
  private final List<Entity> entities;
  private final List<Relation> relations;
  private final List<Triple> triples;
  private final Map<String, Entity> byName = new HashMap<>();
  private final List<List<Neighbour>> neighbours = new ArrayList<>();
  private final int diseases;

  DiseaseGraph(KnowledgeFolder folder, DialogueDiseases diseases, DrugLexicon drugs) {
    DiseaseGraphReader reader = new DiseaseGraphReader(folder, diseases, drugs);
    this.version = folder.version();
    this.relations = reader.relations();
    this.triples = reader.triples();
    this.entities = reader.entities();
    this.diseases = diseases.diseases().size();
    entities.forEach(entity -> byName.put(entity.name(), entity));
    entities.forEach(entity -> neighbours.add(new ArrayList<>()));
    for (Triple triple : triples) {
      neighbours.get(triple.head()).add(new Neighbour(triple.relation(), triple.tail()));
      int inverse = triple.relation() + relations.size();
      neighbours.get(triple.tail()).add(new Neighbour(inverse, triple.head()));
    }
    Comparator<Neighbour> order =
        Comparator.comparingInt(Neighbour::relation).thenComparingInt(Neighbour::entity);
    neighbours.replaceAll(edges -> edges.stream().sorted(order).toList());
  }

  /** Name and version, for models and logs. */
  public KnowledgeVersion version() {
    return version;
  }

  /** All entities, by index. */
  public List<Entity> entities() {
    return entities;
  }

  /** All relations, by index. */
  public List<Relation> relations() {
    return relations;
  }

  /** All facts. */
  public List<Triple> triples() {
    return triples;
  }

  /** The entity with exactly this name. */
  public Optional<Entity> entity(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The relation with exactly this name. */
  public Optional<Relation> relation(String name) {
    return relations.stream().filter(relation -> relation.name().equals(name)).findFirst();
  }

  /** The entity of a disease of the same knowledge. */
  public Entity entity(DialogueDisease disease) {
    return entities.get(disease.index());
  }

  /** The entity of a drug of the same knowledge. */
  public Entity entity(DialogueDrug drug) {
    return entities.get(diseases + drug.index());
  }

  /**
   * The edges of an entity in both directions, by relation and then by entity.
   *
   * @throws IndexOutOfBoundsException if there is no such entity
   */
  public List<Neighbour> neighbours(int entity) {
    return neighbours.get(entity);
  }

  /**
   * The entities that a number of edges reaches, against their direction too, and the facts among
   * them.
   *
   * @param entity where to begin
   * @param hops how many edges, 0 for the entity alone
   * @throws IndexOutOfBoundsException if there is no such entity
   */
  public Surroundings around(int entity, int hops) {
    List<Integer> reached = new ArrayList<>(List.of(entities.get(entity).index()));
    Set<Integer> within = new HashSet<>(reached);
    List<Integer> edge = List.copyOf(reached);
    for (int hop = 0; hop < hops && !edge.isEmpty(); hop++) {
      edge =
          edge.stream()
              .flatMap(from -> neighbours.get(from).stream())
              .map(Neighbour::entity)
              .filter(within::add)
              .sorted()
              .toList();
      reached.addAll(edge);
    }
    return new Surroundings(
        reached,
        triples.stream()
            .filter(triple -> within.contains(triple.head()) && within.contains(triple.tail()))
            .toList());
  }
}
