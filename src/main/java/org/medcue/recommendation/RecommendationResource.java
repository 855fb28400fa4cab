package org.medcue.recommendation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.medcue.platform.QueryValues;
import org.medcue.platform.RequestRefusedException;
import org.medcue.platform.Roles;

/** The log for people who review it. */
@Path("/api/recommendations")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.AUDITOR)
public class RecommendationResource {

  private static final int MAX_SIZE = 100;
  private static final int MAX_PAGE = 1_000_000;

  private final RecommendationLog log;

  RecommendationResource(RecommendationLog log) {
    this.log = log;
  }

  /** One page, newest first; {@code size} is 1 to 100. */
  @GET
  public LogPage page(
      @QueryParam("page") @DefaultValue("0") String page,
      @QueryParam("size") @DefaultValue("20") String size) {
    return log.page(
        QueryValues.number("page", page, 0, MAX_PAGE),
        QueryValues.number("size", size, 1, MAX_SIZE));
  }

  /** One entry by its identifier. */
  @GET
  @Path("{id}")
  public LoggedRecommendation one(@PathParam("id") String id) {
    return log.find(QueryValues.uuid("id", id))
        .orElseThrow(() -> new RequestRefusedException(404, "id", "no such recommendation"));
  }
}
