package org.medcue.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InterruptionTest {

  @Test
  @Timeout(10)
  void workStopsAtItsNextStepAndTheProcessWaitsUntilItHas() throws InterruptedException {
    Interruption interruption = Interruption.watch();
    interruption.check();

    Thread ending = new Thread(interruption::awaitStop);
    ending.start();
    while (ending.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertThatThrownBy(interruption::check)
        .isInstanceOf(CommandException.class)
        .hasMessage("interrupted");
    assertThat(ending.isAlive()).isTrue();

    interruption.close();
    ending.join();
    assertThat(ending.isAlive()).isFalse();
  }
}
