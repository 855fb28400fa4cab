package org.medcue.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageCookiesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "q_session_pages=ey.a.b.c.d",
        "q_session_pages_chunk_1=ey.a",
        "q_session_at_pages_chunk_12=ey.a",
        "q_auth_pages_0f1e2d3c-0000-4000-8000-000000000000=0f1e|ey.a",
        "q_post_logout_pages=0f1e"
      })
  void cookiesOfTheSignInStay(String cookie) {
    assertThat(PageCookies.ours(List.of(cookie))).isEqualTo(cookie);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "q_session_pages_chunk_x=a",
        "q_session_pages_chunk_99999999999=a",
        "q_session_pages_chunk_=a",
        "q_session_pages=a\u0001b",
        "q_session=a",
        "q_session_chunk_1=a",
        "q_session_other=a",
        "q_auth_pages_x=|",
        "q_auth_pages_x=\"|\"",
        "q_auth=a",
        "$Version=1",
        "session=a",
        "=",
        ""
      })
  void allOthersAreDropped(String cookie) {
    assertThat(PageCookies.ours(List.of(cookie, "a=b; " + cookie))).isEmpty();
  }

  @Test
  void severalAreJoined() {
    assertThat(PageCookies.ours(List.of("q_session_pages=a;  b=c", "q_auth_pages_x=d")))
        .isEqualTo("q_session_pages=a; q_auth_pages_x=d");
  }
}
