package org.medcue.platform;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** An error as a page, for a person who came with a browser. Nothing of the request is in it. */
final class ErrorPage {

  private static final List<String> NOT_PAGES = List.of("/api", "/cds-services", "/health");

  private ErrorPage() {}

  /** Whether whoever asks would read a page: a browser does, at an address that is one. */
  static boolean isWanted(String path, HttpHeaders headers) {
    return NOT_PAGES.stream().noneMatch(other -> path.equals(other) || path.startsWith(other + "/"))
        && headers.getAcceptableMediaTypes().stream().anyMatch(MediaType.TEXT_HTML_TYPE::equals);
  }

  static String of(String title, String detail) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>%1$s · Medcue</title>
          <link rel="stylesheet" href="/console/console.css">
        </head>
        <body>
        <header class="top"><div class="wrap"><h1>Medcue</h1></div></header>
        <main class="wrap">
          <h2>%1$s</h2>
          <p>%2$s</p>
          <p><a href="/">Start page</a> · <a href="/console/sign-out">Sign out</a></p>
        </main>
        </body>
        </html>
        """
        .formatted(title, detail);
  }
}
