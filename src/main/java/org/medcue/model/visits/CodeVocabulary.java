package org.medcue.model.visits;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The codes of one field (diagnoses, drugs or symptoms) that a model knows, with the ancestors of
 * each: both are nodes, so that an unknown code can be read as its nearest known ancestor.
 */
public final class CodeVocabulary {

  private final List<String> nodes;
  private final int[][] paths;
  private final Map<String, Integer> indexOf = new HashMap<>();

  /**
   * @param nodes codes and ancestors, in order of index
   * @param paths for each node its own index and those of its ancestors, nearest first
   * @throws IllegalArgumentException if a path is missing, or leads to no node
   */
  @JsonCreator
  public CodeVocabulary(
      @JsonProperty("nodes") List<String> nodes, @JsonProperty("paths") int[][] paths) {
    this.nodes = List.copyOf(nodes);
    this.paths = paths.clone();
    if (nodes.size() != paths.length) {
      throw new IllegalArgumentException("each node needs a path");
    }
    for (int[] path : paths) {
      if (path.length == 0 || Arrays.stream(path).anyMatch(i -> i < 0 || i >= nodes.size())) {
        throw new IllegalArgumentException("a path leads to no node");
      }
    }
    for (int i = 0; i < nodes.size(); i++) {
      indexOf.put(nodes.get(i), i);
    }
  }

  /**
   * Builds the vocabulary of the codes that a cohort holds.
   *
   * @param codes the codes seen
   * @param pathOf a code's path to the root; empty for a code outside the tree, which then stands
   *     alone
   */
  public static CodeVocabulary of(Collection<String> codes, Function<String, List<String>> pathOf) {
    Map<String, List<String>> pathsByNode = new LinkedHashMap<>();
    for (String code : new TreeSet<>(codes)) {
      List<String> path = pathOf.apply(code).isEmpty() ? List.of(code) : pathOf.apply(code);
      for (int i = 0; i < path.size(); i++) {
        pathsByNode.putIfAbsent(path.get(i), path.subList(i, path.size()));
      }
    }
    List<String> nodes = new ArrayList<>(pathsByNode.keySet());
    Map<String, Integer> index = new HashMap<>();
    nodes.forEach(node -> index.put(node, index.size()));
    int[][] paths =
        pathsByNode.values().stream()
            .map(path -> path.stream().mapToInt(index::get).toArray())
            .toArray(int[][]::new);
    return new CodeVocabulary(nodes, paths);
  }

  /** The index of exactly this code, if the model knows it. */
  public OptionalInt indexOf(String code) {
    Integer index = indexOf.get(code);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** The index of the nearest known node on a path, the root excepted: it says nothing. */
  public OptionalInt nearestKnown(List<String> path) {
    for (String node : path.subList(0, Math.max(0, path.size() - 1))) {
      OptionalInt index = indexOf(node);
      if (index.isPresent()) {
        return index;
      }
    }
    return OptionalInt.empty();
  }

  /** The number of nodes. */
  public int size() {
    return nodes.size();
  }

  /** Codes and ancestors, in order of index. */
  @JsonProperty("nodes")
  public List<String> nodes() {
    return nodes;
  }

  /** The nodes that are no other's ancestor, in order of index. */
  public List<String> leaves() {
    Set<Integer> ancestors = new HashSet<>();
    for (int[] path : paths) {
      Arrays.stream(path).skip(1).forEach(ancestors::add);
    }
    return IntStream.range(0, nodes.size())
        .filter(node -> !ancestors.contains(node))
        .mapToObj(nodes::get)
        .toList();
  }

  /** For each node its own index and those of its ancestors. */
  @JsonProperty("paths")
  public int[][] paths() {
    return paths.clone();
  }

  /** The length of the longest path. */
  public int longestPath() {
    int longest = 0;
    for (int[] path : paths) {
      longest = Math.max(longest, path.length);
    }
    return longest;
  }
}
