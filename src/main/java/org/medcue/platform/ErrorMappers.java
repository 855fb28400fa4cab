package org.medcue.platform;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Turns whatever a request threw into a status and a body. Messages of foreign exceptions may quote
 * the request, and so the patient: neither the answer nor the log repeats them.
 */
final class ErrorMappers {

  private static final Logger LOG = Logger.getLogger(ErrorMappers.class);
  private static final int FRAMES = 12;

  @ServerExceptionMapper
  Response refused(RequestRefusedException refused, UriInfo uri) {
    return ErrorBodies.response(uri.getPath(), refused);
  }

  @ServerExceptionMapper
  Response unavailable(UnavailableException unavailable, UriInfo uri) {
    LOG.errorf("Not available: %s%s", unavailable.getMessage(), trace(unavailable));
    return ErrorBodies.response(uri.getPath(), 503);
  }

  @ServerExceptionMapper
  Response web(WebApplicationException web, UriInfo uri) {
    int status = web.getResponse().getStatus();
    return status < 400 ? web.getResponse() : ErrorBodies.response(uri.getPath(), status);
  }

  @ServerExceptionMapper
  Response other(Throwable failure, UriInfo uri) {
    LOG.errorf("A request failed%s", trace(failure));
    return ErrorBodies.response(uri.getPath(), 500);
  }

  /** Class names and frames of a failure and its causes, without any message. */
  private static String trace(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      text.append("\n  ").append(cause.getClass().getName());
      StackTraceElement[] frames = cause.getStackTrace();
      for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
        text.append("\n    at ").append(frames[i]);
      }
    }
    return text.toString();
  }
}
