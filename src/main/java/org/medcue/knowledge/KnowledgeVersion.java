package org.medcue.knowledge;

/**
 * What a model or a log entry cites of a piece of knowledge.
 *
 * @param name such as {@code icd-10-cm}
 * @param version such as {@code 1.0.0}
 */
public record KnowledgeVersion(String name, String version) {

  @Override
  public String toString() {
    return name + "/" + version;
  }
}
