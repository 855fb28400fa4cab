package org.medcue.model.baseline.dialogue;

/** Gives a text one vector. */
public interface TextVectors {

  /** The size of a vector. */
  int size();

  /** The vector of a text that is not blank, of length 1. */
  float[] sentence(String text);
}
