package org.medcue.platform;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one place where an error becomes a body: an OperationOutcome for a CDS client, problem
 * details for everybody else. Its sentences are fixed, so nothing of a request can leak into them.
 */
final class ErrorBodies {

  private static final String CDS_PATH = "/cds-services";

  /** With a 503: what was too much is over soon. */
  private static final int RETRY_AFTER_SECONDS = 5;

  private ErrorBodies() {}

  static Response response(String path, int status) {
    return response(path, status, List.of());
  }

  /**
   * The same as a page where a person wants one, and bare where CDS Hooks has a client that is not
   * trusted: it learns nothing.
   */
  static Response response(String path, int status, HttpHeaders headers) {
    if (ErrorPage.isWanted(path, headers)) {
      return Response.status(status)
          .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
          .entity(ErrorPage.of(title(status), sentence(status)))
          .build();
    }
    return status == 401 && isCdsHooks(path)
        ? Response.status(status).build()
        : response(path, status);
  }

  static Response response(String path, RequestRefusedException refused) {
    if (refused.code().isEmpty() || isCdsHooks(path)) {
      return response(path, refused.status(), refused.violations());
    }
    return Response.status(refused.status())
        .type(ProblemDetails.MEDIA_TYPE)
        .entity(
            new ProblemDetails(
                ProblemDetails.TYPES + refused.code().get(),
                title(refused.status()),
                refused.status(),
                String.valueOf(refused.getMessage()),
                List.of()))
        .build();
  }

  private static Response response(String path, int status, List<Violation> violations) {
    Response.ResponseBuilder answer =
        Response.status(status).type(mediaType(path)).entity(body(path, status, violations));
    return status == 503
        ? answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS).build()
        : answer.build();
  }

  static String mediaType(String path) {
    return isCdsHooks(path) ? MediaType.APPLICATION_JSON : ProblemDetails.MEDIA_TYPE;
  }

  static Object body(String path, int status, List<Violation> violations) {
    if (isCdsHooks(path)) {
      return violations.isEmpty()
          ? OperationOutcome.of(status, sentence(status))
          : OperationOutcome.of(status, violations);
    }
    String detail = violations.isEmpty() ? sentence(status) : Violation.join(violations);
    return new ProblemDetails("about:blank", title(status), status, detail, violations);
  }

  private static boolean isCdsHooks(String path) {
    return path.equals(CDS_PATH) || path.startsWith(CDS_PATH + "/");
  }

  private static String title(int status) {
    Response.@Nullable Status known = Response.Status.fromStatusCode(status);
    return known == null ? "Error" : known.getReasonPhrase();
  }

  private static String sentence(int status) {
    return switch (status) {
      case 400 -> "The request cannot be read.";
      case 401 ->
          "Medcue does not know who asks, or the sign-in is over. Sign in again; for the API send an"
              + " access token for the audience medcue as Authorization: Bearer.";
      case 403 ->
          "Your roles do not allow this. Ask whoever manages the users for the role, or sign in as"
              + " somebody who has it.";
      case 404 -> "There is nothing at this address.";
      case 405 -> "This address does not take that method.";
      case 406 -> "The answer is JSON: accept application/json.";
      case 413 ->
          "The request is too large: send at most 10 MB; of an archive of a model version at most"
              + " medcue.registry.max-upload.";
      case 415 -> "Send the request as application/json; archives of versions as application/zip.";
      case 429 -> "Too many calls. Wait as many seconds as Retry-After says.";
      case 503 -> "A part that Medcue needs is not available. Try again later.";
      default ->
          status >= 500
              ? "Medcue failed to answer. The log of the service says more."
              : "The request was refused.";
    };
  }
}
