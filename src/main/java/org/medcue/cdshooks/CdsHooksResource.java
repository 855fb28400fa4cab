package org.medcue.cdshooks;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;
import org.medcue.cdshooks.trust.CallingTenant;
import org.medcue.feedback.FeedbackService;
import org.medcue.fhir.FhirException;
import org.medcue.platform.JsonBody;
import org.medcue.platform.OperationOutcome;
import org.medcue.platform.Roles;
import org.medcue.recommendation.Language;
import org.medcue.tenant.Tenant;

/**
 * The wire of CDS Hooks. Bodies are read here as plain JSON, not bound by the framework: its
 * messages would quote what they could not bind.
 */
@Path("/cds-services")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.CDS_CLIENT)
public class CdsHooksResource {

  private final ServiceCatalog catalog;
  private final MedicationSuggestions suggestions;
  private final FeedbackService feedback;
  private final BodiesAtOnce bodies;
  private final Places places;
  private final SecurityIdentity identity;

  CdsHooksResource(
      ServiceCatalog catalog,
      MedicationSuggestions suggestions,
      FeedbackService feedback,
      BodiesAtOnce bodies,
      CallsConfig calls,
      MeterRegistry meters,
      SecurityIdentity identity) {
    this.catalog = catalog;
    this.suggestions = suggestions;
    this.feedback = feedback;
    this.bodies = bodies;
    this.places = calls.places("calls", calls.atOnce()).shownIn(meters);
    this.identity = identity;
  }

  /** Discovery. */
  @GET
  public Discovery discover() {
    return catalog.discover();
  }

  /** A hook call. */
  @POST
  @Path("{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  public RestResponse<Cards> call(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage,
      InputStream body) {
    long arrived = System.nanoTime();
    ServiceDescription service = catalog.find(id);
    Tenant caller = CallingTenant.of(identity);
    return bodies.answer(
        body,
        bytes ->
            places.work(
                () -> answer(caller, service, acceptLanguage, bytes, CallTimes.begun(arrived))));
  }

  private RestResponse<Cards> answer(
      Tenant caller,
      ServiceDescription service,
      @Nullable String acceptLanguage,
      byte[] body,
      CallTimes times) {
    JsonNode json = JsonBody.object(body);
    Language language = Language.accepted(acceptLanguage).orElseGet(suggestions::defaultLanguage);
    OrderSelectRequest request = OrderSelectReader.read(json, service.hook());
    return ResponseBuilder.ok(suggestions.answer(caller, service.id(), request, language, times))
        .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
        .build();
  }

  /** Feedback about cards: 200 without a body, also for cards that Medcue does not know. */
  @POST
  @Path("{id}/feedback")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response feedback(@PathParam("id") String id, InputStream body) {
    String service = catalog.find(id).id();
    JsonNode json = bodies.answer(body, JsonBody::object);
    feedback.record(CallingTenant.of(identity).id(), service, FeedbackReader.read(json));
    return Response.ok().build();
  }

  @ServerExceptionMapper
  Response unusable(FhirException unusable) {
    return Response.status(400)
        .type(MediaType.APPLICATION_JSON)
        .entity(OperationOutcome.invalid(unusable.path(), unusable.expectation()))
        .build();
  }
}
