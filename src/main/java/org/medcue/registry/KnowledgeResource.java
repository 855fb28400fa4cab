package org.medcue.registry;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.net.URI;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;
import org.medcue.audit.Actor;
import org.medcue.knowledge.KnowledgeException;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.platform.QueryValues;
import org.medcue.platform.RequestRefusedException;
import org.medcue.platform.Roles;
import org.medcue.registry.Outcome.Refusal;
import org.medcue.registry.Outcome.Refused;

/** The knowledge that model versions may cite: versions are added and never change. */
@Path("/api/knowledge")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.AUDITOR})
public class KnowledgeResource {

  private final KnowledgeCatalog catalog;
  private final KnowledgeIntake intake;
  private final SecurityIdentity identity;

  KnowledgeResource(KnowledgeCatalog catalog, KnowledgeIntake intake, SecurityIdentity identity) {
    this.catalog = catalog;
    this.intake = intake;
    this.identity = identity;
  }

  /** One page of the versions, the one registered last first; {@code size} is 1 to 100. */
  @GET
  public ModelCatalog.Page<KnowledgeSummary> versions(
      @QueryParam("page") @DefaultValue("0") String page,
      @QueryParam("size") @DefaultValue("20") String size) {
    return catalog.page(ModelResource.page(page), ModelResource.size(size));
  }

  /** One version, and which model versions cite it. */
  @GET
  @Path("{name}/versions/{version}")
  public KnowledgeDetail version(
      @PathParam("name") String name, @PathParam("version") String version) {
    try {
      return detail(new KnowledgeVersion(name, version));
    } catch (KnowledgeException e) {
      throw noSuchVersion();
    }
  }

  /**
   * Takes in a version: a zip archive of the files of its folder.
   *
   * @param name which knowledge it is, such as {@code drugs}
   * @param version its number, such as {@code 1.0.1}
   * @param reason why, for the audit trail
   */
  @POST
  @Consumes("application/zip")
  @RolesAllowed(Roles.ADMIN)
  public RestResponse<KnowledgeDetail> add(
      @QueryParam("name") @Nullable String name,
      @QueryParam("version") @Nullable String version,
      @QueryParam("reason") @Nullable String reason,
      InputStream archive) {
    KnowledgeVersion named = named(name, version);
    String why = QueryValues.reason(reason);
    if (take(named, archive, why) instanceof Refused refused) {
      throw ModelResource.refusal(refused);
    }
    return ResponseBuilder.<KnowledgeDetail>create(201)
        .entity(detail(named))
        .location(URI.create("/api/knowledge/" + named.name() + "/versions/" + named.version()))
        .build();
  }

  private Outcome take(KnowledgeVersion version, InputStream archive, String reason) {
    try {
      return intake.take(version, archive, Actor.person(identity), reason);
    } catch (KnowledgeException e) {
      return Outcome.refused(e);
    }
  }

  private static KnowledgeVersion named(@Nullable String name, @Nullable String version) {
    try {
      if (name != null && version != null) {
        return new KnowledgeVersion(name, version);
      }
    } catch (KnowledgeException e) {
      // falls to the same message
    }
    throw new RequestRefusedException(
        400, "version", "must say with name what the archive holds: ?name=drugs&version=1.0.1");
  }

  private KnowledgeDetail detail(KnowledgeVersion version) {
    return catalog.version(version).orElseThrow(KnowledgeResource::noSuchVersion);
  }

  private static RequestRefusedException noSuchVersion() {
    return ModelResource.refusal(
        new Refused(Refusal.NO_SUCH_VERSION, "no such version is registered"));
  }
}
