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

  @ServerExceptionMapper
  Response refused(RequestRefusedException refused, UriInfo uri) {
    return ErrorBodies.response(uri.getPath(), refused);
  }

  @ServerExceptionMapper
  Response unavailable(UnavailableException unavailable, UriInfo uri) {
    LOG.errorf("Not available: %s%s", unavailable.getMessage(), FailureTrace.of(unavailable));
    return ErrorBodies.response(uri.getPath(), 503);
  }

  @ServerExceptionMapper
  Response web(WebApplicationException web, UriInfo uri) {
    int status = web.getResponse().getStatus();
    return status < 400 ? web.getResponse() : ErrorBodies.response(uri.getPath(), status);
  }

  @ServerExceptionMapper
  Response other(Throwable failure, UriInfo uri) {
    LOG.errorf("A request failed%s", FailureTrace.of(failure));
    return ErrorBodies.response(uri.getPath(), 500);
  }
}
