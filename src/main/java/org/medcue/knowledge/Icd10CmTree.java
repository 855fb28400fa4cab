package org.medcue.knowledge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * ICD-10-CM as MR-KPA (section on ontology embedding) uses it: code → category → block → chapter →
 * root. Categories follow from the code itself, blocks and chapters from a table. Whether a code of
 * a known category exists is not checked.
 *
 * <p>Nodes are named {@code E11.65}, {@code E11}, {@code E08-E13}, {@code IV}, {@code ICD-10-CM}; a
 * block of one category is {@code B20-B20}.
 */
public final class Icd10CmTree implements CodeTree {

  static final String NAME = "icd-10-cm";

  /** The root node. */
  public static final String ROOT = "ICD-10-CM";

  private static final String FILE = "blocks.tsv";
  private static final Pattern CODE = Pattern.compile("[A-Z][0-9][0-9A-Z](\\.[0-9A-Z]{1,4})?");

  private final KnowledgeVersion version;
  private final Map<String, String> parents = new HashMap<>();
  private final Map<String, String> titles = new HashMap<>();
  private final Map<String, String> blocks = new HashMap<>();

  Icd10CmTree(KnowledgeFolder folder) {
    version = folder.version();
    titles.put(ROOT, "ICD-10-CM");
    for (String[] row : folder.rows(FILE, 4)) {
      String node = row[0];
      if (parents.put(node, row[1]) != null) {
        throw folder.invalid(FILE, "node " + node + " occurs twice");
      }
      titles.put(node, row[3]);
      boolean isChapter = row[1].equals(ROOT);
      for (String category : isChapter ? List.<String>of() : categories(row[2])) {
        if (blocks.put(category, node) != null) {
          throw folder.invalid(FILE, "category " + category + " lies in two blocks");
        }
      }
    }
    for (String parent : parents.values()) {
      if (!titles.containsKey(parent)) {
        throw folder.invalid(FILE, "no row for " + parent);
      }
    }
  }

  @Override
  public KnowledgeVersion version() {
    return version;
  }

  /** Takes a code or category with its dot, or any other node of the tree. */
  @Override
  public List<String> path(String code) {
    List<String> path = new ArrayList<>();
    String node = code;
    if (!titles.containsKey(code)) {
      String block = CODE.matcher(code).matches() ? blocks.get(code.substring(0, 3)) : null;
      if (block == null) {
        return List.of();
      }
      path.add(code);
      if (code.length() > 3) {
        path.add(code.substring(0, 3));
      }
      node = block;
    }
    while (node != null) {
      path.add(node);
      node = parents.get(node);
    }
    return List.copyOf(path);
  }

  /** The title of a chapter or block; any other node is returned as it is. */
  public String titleOf(String node) {
    return titles.getOrDefault(node, node);
  }

  // "M05-M14 M1A": ranges run over digits only, categories with a letter are listed.
  private static List<String> categories(String ranges) {
    List<String> categories = new ArrayList<>();
    for (String range : ranges.split(" ")) {
      if (range.length() == 3) {
        categories.add(range);
      } else {
        for (int i = ordinal(range.substring(0, 3)); i <= ordinal(range.substring(4)); i++) {
          categories.add("" + (char) ('A' + i / 100) + i / 10 % 10 + i % 10);
        }
      }
    }
    return categories;
  }

  private static int ordinal(String category) {
    return (category.charAt(0) - 'A') * 100 + Integer.parseInt(category.substring(1));
  }
}
