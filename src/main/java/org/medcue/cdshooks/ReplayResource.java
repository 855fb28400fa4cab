package org.medcue.cdshooks;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.UUID;
import org.medcue.audit.Actor;
import org.medcue.model.ModelException;
import org.medcue.platform.QueryValues;
import org.medcue.platform.RequestRefusedException;
import org.medcue.platform.Roles;
import org.medcue.recommendation.LoggedRecommendation;
import org.medcue.recommendation.RecommendationLog;
import org.medcue.recommendation.StoredInput;

/** For the auditor who asks whether a card can be believed. */
@Path("/api/recommendations/{id}/replay")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.AUDITOR)
public class ReplayResource {

  private final RecommendationLog log;

  /** Each may load a version of the past, beside those that answer. */
  private final Places replays = new Places("replays", 1, 16, Duration.ofSeconds(30));

  private final Replay replay;
  private final SecurityIdentity identity;

  ReplayResource(RecommendationLog log, Replay replay, SecurityIdentity identity) {
    this.log = log;
    this.replay = replay;
    this.identity = identity;
  }

  /** Makes the cards of a logged recommendation once more; a look at the patient, for the trail. */
  @GET
  public Replay.Replayed replay(@PathParam("id") String text) {
    UUID id = QueryValues.uuid("id", text);
    LoggedRecommendation entry =
        log.find(Actor.person(identity), id)
            .orElseThrow(() -> new RequestRefusedException(404, "id", "no such recommendation"));
    try {
      StoredInput input =
          log.input(id)
              .orElseThrow(
                  () ->
                      RequestRefusedException.problem(
                          409,
                          "content-not-available",
                          "what it was made of is not available: " + entry.clinical().content()));
      return replays.work(() -> replay.of(entry, input));
    } catch (ModelException e) {
      throw RequestRefusedException.problem(
          409,
          "version-not-available",
          entry.model().name()
              + "/"
              + entry.model().version()
              + " with "
              + String.join(", ", entry.knowledge())
              + " cannot be loaded here: bring their folders back into medcue.registry.path");
    }
  }
}
