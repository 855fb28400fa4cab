package org.medcue.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.security.AuthenticationFailedException;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class SecurityErrorsTest {

  @Test
  void serverThatCannotBeReachedIsNoFaultOfThePerson() {
    assertThat(SecurityErrors.isServerAway(failure(new ConnectException()))).isTrue();
    assertThat(SecurityErrors.isServerAway(failure(new TimeoutException()))).isTrue();
  }

  @Test
  void tokenThatIsNotBelievedIs() {
    assertThat(SecurityErrors.isServerAway(new AuthenticationFailedException())).isFalse();
    assertThat(SecurityErrors.isServerAway(failure(new IllegalStateException()))).isFalse();
  }

  private static AuthenticationFailedException failure(Exception cause) {
    return new AuthenticationFailedException(new IllegalStateException(cause));
  }
}
