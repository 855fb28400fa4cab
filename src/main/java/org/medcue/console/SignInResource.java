package org.medcue.console;

import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/**
 * Where the browser comes back to from the OIDC server, and where it signs out. Quarkus does both
 * before these methods; whoever gets as far as them has nothing left to do there.
 */
@Path("/")
@Authenticated
public class SignInResource {

  private static final URI START_PAGE = URI.create("/");

  /** The redirect URI of the code flow. */
  @GET
  @Path("console/signed-in")
  public Response signedIn() {
    return Response.seeOther(START_PAGE).build();
  }

  /** Ends the session here and at the OIDC server. */
  @GET
  @Path("console/sign-out")
  public Response signOut() {
    return Response.seeOther(START_PAGE).build();
  }
}
