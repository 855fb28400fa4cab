package org.medcue.model.visits;

import ai.djl.ndarray.types.Shape;

/**
 * The paths of a vocabulary's nodes as a padded table (N, P), for graph attention.
 *
 * @param indices node indices, padded with the node itself
 * @param mask 1 for a node of the path
 * @param shape (N, P)
 */
public record TreePaths(long[] indices, float[] mask, Shape shape) {

  public static TreePaths of(CodeVocabulary codes) {
    int[][] paths = codes.size() == 0 ? new int[][] {{0}} : codes.paths();
    int longest = Math.max(1, codes.longestPath());
    long[] indices = new long[paths.length * longest];
    float[] mask = new float[indices.length];
    for (int node = 0; node < paths.length; node++) {
      for (int i = 0; i < longest; i++) {
        boolean inPath = i < paths[node].length;
        indices[node * longest + i] = inPath ? paths[node][i] : node;
        mask[node * longest + i] = inPath ? 1 : 0;
      }
    }
    return new TreePaths(indices, mask, new Shape(paths.length, longest));
  }
}
