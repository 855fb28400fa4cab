package org.medcue.knowledge;

import java.util.regex.Pattern;

/**
 * What a model or a log entry cites of a piece of knowledge.
 *
 * @param name such as {@code icd-10-cm}
 * @param version such as {@code 1.0.0}
 */
public record KnowledgeVersion(String name, String version) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final Pattern VERSION = Pattern.compile("[0-9]+(\\.[0-9A-Za-z-]+)*");
  private static final int LONGEST = 40;

  /**
   * @throws KnowledgeException if one of the two is not a plain name: both name folders
   */
  public KnowledgeVersion {
    if (!NAME.matcher(name).matches()
        || version.length() > LONGEST
        || !VERSION.matcher(version).matches()) {
      throw new KnowledgeException("Not a version of knowledge, such as drugs/1.0.0");
    }
  }

  /**
   * Reads {@code drugs/1.0.0}.
   *
   * @throws KnowledgeException if the text is not of that form
   */
  public static KnowledgeVersion parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 2) {
      throw new KnowledgeException("Not a version of knowledge, such as drugs/1.0.0");
    }
    return new KnowledgeVersion(parts[0], parts[1]);
  }

  @Override
  public String toString() {
    return name + "/" + version;
  }
}
