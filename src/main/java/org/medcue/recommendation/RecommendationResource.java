package org.medcue.recommendation;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.medcue.platform.RequestRefusedException;

/** The log for people who review it. */
@Path("/api/recommendations")
@Produces(MediaType.APPLICATION_JSON)
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
    return log.page(number("page", page, 0, MAX_PAGE), number("size", size, 1, MAX_SIZE));
  }

  /** One entry by its identifier. */
  @GET
  @Path("{id}")
  public LoggedRecommendation one(@PathParam("id") String id) {
    return log.find(uuid(id))
        .orElseThrow(() -> new RequestRefusedException(404, "id", "no such recommendation"));
  }

  private static int number(String name, String text, int min, int max) {
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // falls through to the one message for both mistakes
    }
    throw new RequestRefusedException(400, name, "must be a number from " + min + " to " + max);
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new RequestRefusedException(400, "id", "must be a UUID");
    }
  }
}
