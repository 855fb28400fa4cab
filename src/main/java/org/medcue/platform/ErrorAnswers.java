package org.medcue.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Answers with an error before a resource method is chosen. */
@ApplicationScoped
public class ErrorAnswers {

  private final ObjectMapper json;

  ErrorAnswers(ObjectMapper json) {
    this.json = json;
  }

  /** Ends the response with a status and its body. */
  public void answer(RoutingContext context, int status) {
    String path = context.normalizedPath();
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, ErrorBodies.mediaType(path))
        .end(write(ErrorBodies.body(path, status, List.of())));
  }

  private String write(Object body) {
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an error body is always writable", e);
    }
  }
}
