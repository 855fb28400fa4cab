package org.medcue.training;

/** Hears how far long work has come. */
@FunctionalInterface
public interface Progress {

  /**
   * @param what the work in a few words, with its latest figures
   * @param done units done
   * @param total units in all
   */
  void update(String what, long done, long total);
}
