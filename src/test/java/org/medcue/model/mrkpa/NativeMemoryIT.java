package org.medcue.model.mrkpa;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link NativeMemoryTest} over a thousand steps, which is long for every build. */
class NativeMemoryIT {

  private static final int STEPS = 1000;

  @Test
  void thousandStepsOfPreTrainingLeaveNoArrays() throws ReflectiveOperationException {
    NativeMemoryTest.assertPreTrainingLeavesNoArrays(STEPS);
  }

  @ParameterizedTest
  @EnumSource
  void thousandStepsOfFineTuningLeaveNoArrays(Attack.Target target)
      throws ReflectiveOperationException {
    NativeMemoryTest.assertFineTuningLeavesNoArrays(target, STEPS);
  }
}
