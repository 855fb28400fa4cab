package org.medcue.knowledge;

import java.util.List;

/** A classification in which every code has one path to the root. */
public interface CodeTree {

  /** Name and version, which models and logs cite. */
  KnowledgeVersion version();

  /**
   * The code and its ancestors, nearest first, the root last.
   *
   * @return an empty list if the code has no place in the tree
   */
  List<String> path(String code);
}
