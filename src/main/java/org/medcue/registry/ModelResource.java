package org.medcue.registry;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.net.URI;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;
import org.medcue.audit.Actor;
import org.medcue.model.ModelException;
import org.medcue.platform.ETags;
import org.medcue.platform.QueryValues;
import org.medcue.platform.RequestRefusedException;
import org.medcue.platform.Roles;
import org.medcue.registry.Outcome.Refusal;
import org.medcue.registry.Outcome.Refused;

/**
 * Models and their versions. Every change is asked for with the ETag of the model that it was made
 * on, and answered with the version as it is then, or with a problem of a stable type.
 */
@Path("/api/models")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.AUDITOR})
public class ModelResource {

  private static final int MAX_SIZE = 100;
  private static final int MAX_PAGE = 1_000_000;
  private static final String VERSION = "{model}/versions/{version}";

  private final ModelCatalog catalog;
  private final VersionIntake intake;
  private final ModelLifeCycle lifeCycle;
  private final Approvals approvals;
  private final SecurityIdentity identity;

  ModelResource(
      ModelCatalog catalog,
      VersionIntake intake,
      ModelLifeCycle lifeCycle,
      Approvals approvals,
      SecurityIdentity identity) {
    this.catalog = catalog;
    this.intake = intake;
    this.lifeCycle = lifeCycle;
    this.approvals = approvals;
    this.identity = identity;
  }

  /** One page of the models; {@code size} is 1 to 100. */
  @GET
  public ModelCatalog.Page<ModelSummary> models(
      @QueryParam("page") @DefaultValue("0") String page,
      @QueryParam("size") @DefaultValue("20") String size) {
    return catalog.models(page(page), size(size));
  }

  /** One model and which of its versions answer. */
  @GET
  @Path("{model}")
  public RestResponse<ModelSummary> model(@PathParam("model") String model) {
    ModelSummary found =
        catalog
            .model(QueryValues.text("model", model))
            .orElseThrow(() -> new RequestRefusedException(404, "model", "no such model"));
    return ResponseBuilder.ok(found).header(HttpHeaders.ETAG, ETags.of(found.revision())).build();
  }

  /** One page of the versions of a model, the one registered last first. */
  @GET
  @Path("{model}/versions")
  public ModelCatalog.Page<VersionSummary> versions(
      @PathParam("model") String model,
      @QueryParam("page") @DefaultValue("0") String page,
      @QueryParam("size") @DefaultValue("20") String size) {
    return catalog.versions(QueryValues.text("model", model), page(page), size(size));
  }

  /** One version: where it stands, what its folder says, what was asked for it, its history. */
  @GET
  @Path(VERSION)
  public RestResponse<VersionDetail> version(
      @PathParam("model") String model, @PathParam("version") String version) {
    return detail(200, ref(model, version));
  }

  /**
   * Takes in a version: a zip archive of the files of its folder.
   *
   * @param reason why, for the audit trail
   */
  @POST
  @Consumes("application/zip")
  @RolesAllowed(Roles.ADMIN)
  public RestResponse<VersionDetail> add(
      @QueryParam("reason") @Nullable String reason, InputStream archive) {
    String why = QueryValues.reason(reason);
    try {
      VersionIntake.Taken taken = intake.take(archive, actor(), why);
      return answer(201, taken.ref(), taken.outcome());
    } catch (ModelException e) {
      throw refusal(Outcome.refused(e));
    }
  }

  /**
   * Asks for a version to be activated, or to answer for a share of the patients; another admin
   * decides: {@code {"action": "activate", "reason": "…"}}, {@code {"action": "canary", "share":
   * 0.1, "reason": "…"}}, and {@code "override": "…"} where the version's figures are worse.
   */
  @POST
  @Path(VERSION + "/requests")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  public RestResponse<VersionDetail> request(
      @PathParam("model") String model, @PathParam("version") String version, InputStream body) {
    VersionRef ref = ref(model, version);
    PromotionRequest.Wish wish = ModelBodies.wish(body);
    return answer(201, ref, approvals.request(UUID.randomUUID(), ref, wish, actor()));
  }

  /**
   * Decides on what another admin asked for: {@code {"request": "UUID", "decision": "approve" or
   * "decline", "reason": "…"}}.
   */
  @POST
  @Path(VERSION + "/approvals")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  public RestResponse<VersionDetail> decide(
      @PathParam("model") String model,
      @PathParam("version") String version,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      InputStream body) {
    VersionRef ref = ref(model, version);
    long revision = ETags.required(ifMatch);
    ModelBodies.Decision decision = ModelBodies.decision(body);
    return answer(
        200,
        ref,
        decision.approve()
            ? approvals.approve(ref, decision.request(), revision, actor(), decision.reason())
            : approvals.decline(ref, decision.request(), revision, actor(), decision.reason()));
  }

  /** Takes the active version out and brings the one before it back: {@code {"reason": "…"}}. */
  @POST
  @Path(VERSION + "/rollback")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  public RestResponse<VersionDetail> rollback(
      @PathParam("model") String model,
      @PathParam("version") String version,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      InputStream body) {
    VersionRef ref = ref(model, version);
    return answer(
        200,
        ref,
        lifeCycle.rollback(ref, ETags.required(ifMatch), actor(), ModelBodies.reason(body)));
  }

  /** Has a version never used again: {@code {"reason": "…"}}. */
  @POST
  @Path(VERSION + "/rejection")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  public RestResponse<VersionDetail> reject(
      @PathParam("model") String model,
      @PathParam("version") String version,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      InputStream body) {
    VersionRef ref = ref(model, version);
    return answer(
        200,
        ref,
        lifeCycle.reject(ref, ETags.required(ifMatch), actor(), ModelBodies.reason(body)));
  }

  /** Lets a version answer unseen: {@code {"reason": "…"}}. */
  @PUT
  @Path(VERSION + "/shadow")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  public RestResponse<VersionDetail> startShadow(
      @PathParam("model") String model,
      @PathParam("version") String version,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      InputStream body) {
    VersionRef ref = ref(model, version);
    return answer(
        200,
        ref,
        lifeCycle.shadow(ref, true, ETags.required(ifMatch), actor(), ModelBodies.reason(body)));
  }

  /** Ends that. */
  @DELETE
  @Path(VERSION + "/shadow")
  @RolesAllowed(Roles.ADMIN)
  public RestResponse<VersionDetail> endShadow(
      @PathParam("model") String model,
      @PathParam("version") String version,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @QueryParam("reason") @Nullable String reason) {
    VersionRef ref = ref(model, version);
    return answer(
        200,
        ref,
        lifeCycle.shadow(ref, false, ETags.required(ifMatch), actor(), QueryValues.reason(reason)));
  }

  /** Ends the trial of a canary at once. */
  @DELETE
  @Path(VERSION + "/canary")
  @RolesAllowed(Roles.ADMIN)
  public RestResponse<VersionDetail> endCanary(
      @PathParam("model") String model,
      @PathParam("version") String version,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @QueryParam("reason") @Nullable String reason) {
    VersionRef ref = ref(model, version);
    return answer(
        200,
        ref,
        lifeCycle.endCanary(ref, ETags.required(ifMatch), actor(), QueryValues.reason(reason)));
  }

  private RestResponse<VersionDetail> answer(int status, VersionRef ref, Outcome outcome) {
    if (outcome instanceof Refused refused) {
      throw refusal(refused);
    }
    return detail(status, ref);
  }

  private RestResponse<VersionDetail> detail(int status, VersionRef ref) {
    VersionDetail detail =
        catalog
            .version(ref)
            .orElseThrow(
                () ->
                    refusal(new Refused(Refusal.NO_SUCH_VERSION, "no such version is registered")));
    ResponseBuilder<VersionDetail> answer =
        ResponseBuilder.<VersionDetail>create(status)
            .entity(detail)
            .header(HttpHeaders.ETAG, ETags.of(detail.revision()));
    if (status == 201) {
      answer.location(URI.create("/api/models/" + ref.model() + "/versions/" + ref.version()));
    }
    return answer.build();
  }

  static RequestRefusedException refusal(Refused refused) {
    return RequestRefusedException.problem(
        refused.refusal().status(), refused.refusal().code(), refused.detail());
  }

  private static VersionRef ref(String model, String version) {
    try {
      return new VersionRef(model, version);
    } catch (IllegalArgumentException e) {
      throw new RequestRefusedException(404, "version", "no such version");
    }
  }

  private Actor actor() {
    return Actor.person(identity);
  }

  static int page(String page) {
    return QueryValues.number("page", page, 0, MAX_PAGE);
  }

  static int size(String size) {
    return QueryValues.number("size", size, 1, MAX_SIZE);
  }
}
