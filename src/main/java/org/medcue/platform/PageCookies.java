package org.medcue.platform;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Leaves a request no cookies but those of the pages' sessions, and these only where there are
 * pages: so no cookie opens the API, however its address is written, and quarkus-oidc meets none
 * that it fails on.
 */
final class PageCookies {

  /** Of the OIDC tenant {@code pages}, as quarkus-oidc writes them. */
  private static final Pattern OURS =
      Pattern.compile(
          "(q_session(_at|_rt)?_pages(_chunk_[1-9][0-9]?)?"
              + "|q_auth_pages(_[A-Za-z0-9-]{1,64})?"
              + "|q_post_logout_pages)"
              + "=[A-Za-z0-9][!-~]*");

  private static final Pattern BETWEEN = Pattern.compile(";\\s*");

  private PageCookies() {}

  static void keep(RoutingContext context) {
    MultiMap headers = context.request().headers();
    List<String> sent = headers.getAll(HttpHeaders.COOKIE);
    if (sent.isEmpty()) {
      return;
    }
    String kept = isPage(context.normalizedPath()) ? ours(sent) : "";
    headers.remove(HttpHeaders.COOKIE);
    if (!kept.isEmpty()) {
      headers.set(HttpHeaders.COOKIE, kept);
    }
  }

  private static boolean isPage(String path) {
    return path.equals("/") || path.startsWith("/console/");
  }

  /** Those of all headers; HTTP/2 may send each in one of its own. */
  static String ours(List<String> sent) {
    return sent.stream()
        .flatMap(header -> Stream.of(BETWEEN.split(header)))
        .map(String::strip)
        .filter(cookie -> OURS.matcher(cookie).matches())
        .collect(Collectors.joining("; "));
  }
}
