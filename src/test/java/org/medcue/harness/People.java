package org.medcue.harness;

import static org.medcue.platform.Roles.ADMIN;
import static org.medcue.platform.Roles.AUDITOR;
import static org.medcue.platform.Roles.CLINICIAN;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The people of the tests, at Keycloak's admin interface, and the clients that give tokens for a
 * password; none of it is in the realm that is shipped.
 */
public final class People {

  /** Gives tokens as the shipped client does. */
  public static final String CLIENT = "tests";

  /** Gives tokens that live for one second. */
  public static final String BRIEF_CLIENT = "brief";

  /** Gives tokens that are not meant for Medcue. */
  public static final String FOREIGN_CLIENT = "another-audience";

  static final String OTHER_REALM = "elsewhere";
  static final String NOBODY = "norbert";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String url;
  private final String password;

  People(String url, String password) {
    this.url = url;
    this.password = password;
  }

  void prepare(String clientSecret) {
    setClientSecret(clientSecret);
    createClient("medcue", CLIENT, "[\"medcue\"]", 300);
    createClient("medcue", BRIEF_CLIENT, "[\"medcue\"]", 1);
    createClient("medcue", FOREIGN_CLIENT, "[]", 300);
    add("medcue", "clara", CLINICIAN);
    add("medcue", "adam", ADMIN);
    add("medcue", "ada", ADMIN);
    add("medcue", "olivia", AUDITOR);
    add("medcue", NOBODY);
    createOtherRealm();
  }

  /** The same roles, users and clients, but signed with other keys. */
  private void createOtherRealm() {
    ObjectNode realm = realmFile().put("realm", OTHER_REALM);
    ask("POST", "/admin/realms", realm);
    createClient(OTHER_REALM, CLIENT, "[\"medcue\"]", 300);
    add(OTHER_REALM, "olivia", AUDITOR);
  }

  private static ObjectNode realmFile() {
    try {
      return (ObjectNode) JSON.readTree(Keycloak.REALM.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void createClient(String realm, String id, String scopes, int seconds) {
    ObjectNode client =
        parse(
            """
            {"publicClient": true, "directAccessGrantsEnabled": true, "standardFlowEnabled": false,
             "fullScopeAllowed": true, "defaultClientScopes": %s,
             "attributes": {"access.token.lifespan": "%d"}}
            """
                .formatted(scopes, seconds));
    ask("POST", "/admin/realms/" + realm + "/clients", client.put("clientId", id));
  }

  /** Somebody new who has some roles. */
  public String create(String... roles) {
    String name = "u-" + UUID.randomUUID();
    add("medcue", name, roles);
    return name;
  }

  private void add(String realm, String name, String... roles) {
    ObjectNode user =
        parse(
            """
            {"enabled": true, "emailVerified": true, "lastName": "Medcue",
             "credentials": [{"type": "password", "temporary": false}]}
            """);
    user.put("username", name).put("email", name + "@medcue.test");
    user.put("firstName", name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
    ((ObjectNode) user.at("/credentials/0")).put("value", password);
    ask("POST", "/admin/realms/" + realm + "/users", user);
    for (String role : roles) {
      changeRole("POST", realm, name, role);
    }
  }

  public void removeRole(String name, String role) {
    changeRole("DELETE", "medcue", name, role);
  }

  private void changeRole(String method, String realm, String name, String role) {
    String base = "/admin/realms/" + realm;
    JsonNode found = ask("GET", base + "/roles/" + role, null);
    JsonNode body = JSON.createArrayNode().add(found);
    ask(method, base + "/users/" + id(realm, name) + "/role-mappings/realm", body);
  }

  public void disable(String name) {
    String user = "/admin/realms/medcue/users/" + id("medcue", name);
    ask("PUT", user, parse("{\"enabled\": false}"));
  }

  private String id(String realm, String name) {
    return ask("GET", "/admin/realms/" + realm + "/users?exact=true&username=" + name, null)
        .at("/0/id")
        .asText();
  }

  private ObjectNode medcueClient() {
    return (ObjectNode) ask("GET", "/admin/realms/medcue/clients?clientId=medcue", null).get(0);
  }

  private void setClientSecret(String secret) {
    update(medcueClient().put("secret", secret));
  }

  /** Lets the code flow come back to the port of this run. */
  void allowRedirectsTo(String base) {
    ObjectNode client = medcueClient();
    client.putArray("redirectUris").add(base + "/console/signed-in");
    ((ObjectNode) client.get("attributes")).put("post.logout.redirect.uris", base + "/");
    update(client);
  }

  private void update(ObjectNode client) {
    ask("PUT", "/admin/realms/medcue/clients/" + client.get("id").asText(), client);
  }

  private JsonNode ask(String method, String path, @Nullable JsonNode body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Authorization", "Bearer " + token("master", "admin-cli", "admin"))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
            .build();
    return send(request);
  }

  String token(String realm, String client, String name) {
    String form =
        Map.of(
                "grant_type", "password",
                "client_id", client,
                "username", name,
                "password", password,
                "scope", "openid")
            .entrySet()
            .stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    URI address = URI.create(url + "/realms/" + realm + "/protocol/openid-connect/token");
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    return send(request).path("access_token").asText();
  }

  private static JsonNode send(HttpRequest request) {
    try {
      HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(
            request.uri() + ": " + response.statusCode() + " " + response.body());
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode parse(String json) {
    return HookRequests.parse(json);
  }
}
