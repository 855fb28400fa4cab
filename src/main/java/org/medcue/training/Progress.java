package org.medcue.training;

/** Hears how far long work has come. */
@FunctionalInterface
public interface Progress {

  /**
   * @param what the work in a few words
   * @param done units done
   * @param total units in all
   */
  void update(String what, long done, long total);

  /**
   * Hears of work whose figures change with every step.
   *
   * @param what the work in a few words
   * @param figures the latest, those that matter most first
   * @param done units done
   * @param total units in all
   */
  default void update(String what, String figures, long done, long total) {
    update(what + ": " + figures, done, total);
  }

  /**
   * Hears what a piece of work came to.
   *
   * @param line worth keeping, such as the figures of an epoch
   */
  default void finished(String line) {}

  /** The same, every text after a name: for one of several works alike. */
  default Progress named(String name) {
    Progress whole = this;
    return new Progress() {
      @Override
      public void update(String what, long done, long total) {
        whole.update(name + ": " + what, done, total);
      }

      @Override
      public void update(String what, String figures, long done, long total) {
        whole.update(name + ": " + what, figures, done, total);
      }

      @Override
      public void finished(String line) {
        whole.finished(name + ": " + line);
      }
    };
  }
}
