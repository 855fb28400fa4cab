package org.medcue.tenant;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;
import org.medcue.audit.Actor;
import org.medcue.platform.ETags;
import org.medcue.platform.JsonBody;
import org.medcue.platform.QueryValues;
import org.medcue.platform.RequestRefusedException;
import org.medcue.platform.Roles;

/**
 * Tenants for admins. A tenant is added with {@code If-None-Match: *} and changed with {@code
 * If-Match} and the ETag that was read, so that nobody overwrites what they have not seen.
 */
@Path("/api/tenants")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
public class TenantResource {

  private static final int MAX_SIZE = 100;
  private static final int MAX_PAGE = 1_000_000;

  private final TenantService tenants;
  private final SecurityIdentity identity;

  TenantResource(TenantService tenants, SecurityIdentity identity) {
    this.tenants = tenants;
    this.identity = identity;
  }

  /** One page by id; {@code size} is 1 to 100. */
  @GET
  public TenantPage page(
      @QueryParam("page") @DefaultValue("0") String page,
      @QueryParam("size") @DefaultValue("20") String size) {
    return tenants.page(
        QueryValues.number("page", page, 0, MAX_PAGE),
        QueryValues.number("size", size, 1, MAX_SIZE));
  }

  /** One tenant. */
  @GET
  @Path("{id}")
  public RestResponse<Tenant> one(@PathParam("id") String id) {
    return tagged(
        200,
        tenants
            .find(QueryValues.text("id", id))
            .orElseThrow(() -> new RequestRefusedException(404, "id", "no such tenant")));
  }

  /**
   * Adds (201) or changes (200) a tenant; the body is {@link TenantSettings} and a {@code reason},
   * which the audit trail keeps.
   */
  @PUT
  @Path("{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  public RestResponse<Tenant> put(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
      InputStream body) {
    if (ifMatch == null && ifNoneMatch == null) {
      throw new RequestRefusedException(
          428, "If-Match", "send the ETag that you read, or If-None-Match: * for a new tenant");
    }
    QueryValues.text("id", id);
    TenantReader.Wish wish = TenantReader.read(JsonBody.object(body));
    if (ifMatch == null) {
      requireAny(ifNoneMatch);
      return tagged(201, tenants.add(id, wish.settings(), actor(), wish.reason()));
    }
    return tagged(
        200, tenants.change(id, ETags.required(ifMatch), wish.settings(), actor(), wish.reason()));
  }

  /** Shuts a tenant out; what is logged of it stays, and so does its row. */
  @DELETE
  @Path("{id}")
  public RestResponse<Tenant> disable(
      @PathParam("id") String id, @QueryParam("reason") @DefaultValue("") String reason) {
    return tagged(
        200, tenants.disable(QueryValues.text("id", id), actor(), QueryValues.reason(reason)));
  }

  private Actor actor() {
    return Actor.person(identity);
  }

  private static RestResponse<Tenant> tagged(int status, Tenant tenant) {
    return ResponseBuilder.<Tenant>create(status)
        .entity(tenant)
        .header(HttpHeaders.ETAG, ETags.of(tenant.version()))
        .build();
  }

  private static void requireAny(@Nullable String ifNoneMatch) {
    if (ifNoneMatch == null || !ifNoneMatch.strip().equals("*")) {
      throw new RequestRefusedException(400, "If-None-Match", "must be * for a new tenant");
    }
  }
}
