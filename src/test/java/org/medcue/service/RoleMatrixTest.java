package org.medcue.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.RawHttp;
import org.medcue.harness.Tokens;

/** Every endpoint, tried by everybody. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
class RoleMatrixTest {

  private enum Who {
    STRANGER(""),
    NOBODY("norbert"),
    CLINICIAN("clara"),
    ADMIN("adam"),
    AUDITOR("olivia");

    final String name;

    Who(String name) {
      this.name = name;
    }
  }

  private static final Set<Who> EVERYBODY = Set.of(Who.values());
  private static final Set<Who> SIGNED_IN =
      Set.of(Who.NOBODY, Who.CLINICIAN, Who.ADMIN, Who.AUDITOR);

  /** An endpoint and who may use it. */
  private record Row(String endpoint, Set<Who> allowed) {

    String method() {
      return endpoint.split(" ")[0];
    }

    String path() {
      return endpoint
          .split(" ")[1]
          .replace("{key}", "heart-failure")
          .replace("{tenant}", "local")
          .replace("{patientId}", "nobody")
          .replace("{model}", "none")
          .replace("{name}", "drugs")
          .replace("{version}", "1.0.0")
          .replace("{id}", "00000000-0000-0000-0000-000000000000");
    }

    boolean isPage() {
      return !path().startsWith("/api/") && !path().startsWith("/cds-services");
    }
  }

  private static final Set<String> ARCHIVES = Set.of("/api/models", "/api/knowledge");
  private static final String VERSION = "/api/models/{model}/versions/{version}";

  private static final List<Row> MATRIX =
      List.of(
          new Row("GET /", Set.of(Who.CLINICIAN, Who.ADMIN, Who.AUDITOR)),
          new Row("GET /console/patients/{key}/request", Set.of(Who.CLINICIAN)),
          new Row("POST /console/cards", Set.of(Who.CLINICIAN)),
          new Row("GET /console/log", Set.of(Who.AUDITOR)),
          new Row("GET /console/recommendations/{id}", Set.of(Who.AUDITOR)),
          new Row("GET /console/signed-in", SIGNED_IN),
          // Not for those whose sessions this test goes on to use: it would end them
          new Row("GET /console/sign-out", Set.of()),
          new Row("GET /api/recommendations", Set.of(Who.AUDITOR)),
          new Row("GET /api/recommendations/{id}", Set.of(Who.AUDITOR)),
          new Row("GET /api/recommendations/{id}/replay", Set.of(Who.AUDITOR)),
          new Row("GET /api/recommendations/comparison", Set.of(Who.ADMIN, Who.AUDITOR)),
          new Row("GET /api/tenants", Set.of(Who.ADMIN)),
          new Row("GET /api/tenants/{id}", Set.of(Who.ADMIN)),
          new Row("PUT /api/tenants/{id}", Set.of(Who.ADMIN)),
          new Row("DELETE /api/tenants/{id}", Set.of(Who.ADMIN)),
          new Row("GET /api/models", Set.of(Who.ADMIN, Who.AUDITOR)),
          new Row("POST /api/models", Set.of(Who.ADMIN)),
          new Row("GET /api/models/{model}", Set.of(Who.ADMIN, Who.AUDITOR)),
          new Row("GET /api/models/{model}/versions", Set.of(Who.ADMIN, Who.AUDITOR)),
          new Row("GET " + VERSION, Set.of(Who.ADMIN, Who.AUDITOR)),
          new Row("GET /api/knowledge", Set.of(Who.ADMIN, Who.AUDITOR)),
          new Row("POST /api/knowledge", Set.of(Who.ADMIN)),
          new Row("GET /api/knowledge/{name}/versions/{version}", Set.of(Who.ADMIN, Who.AUDITOR)),
          new Row("GET " + VERSION + "/drift", Set.of(Who.ADMIN, Who.AUDITOR)),
          new Row("POST " + VERSION + "/requests", Set.of(Who.ADMIN)),
          new Row("POST " + VERSION + "/approvals", Set.of(Who.ADMIN)),
          new Row("POST " + VERSION + "/rollback", Set.of(Who.ADMIN)),
          new Row("POST " + VERSION + "/rejection", Set.of(Who.ADMIN)),
          new Row("PUT " + VERSION + "/shadow", Set.of(Who.ADMIN)),
          new Row("DELETE " + VERSION + "/shadow", Set.of(Who.ADMIN)),
          new Row("DELETE " + VERSION + "/canary", Set.of(Who.ADMIN)),
          new Row("GET /api/audit/events", Set.of(Who.AUDITOR)),
          new Row("GET /api/audit/export", Set.of(Who.AUDITOR)),
          new Row("GET /api/patients/{tenant}/{patientId}/export", Set.of(Who.AUDITOR)),
          new Row("POST /api/patients/{tenant}/{patientId}/erasure", Set.of(Who.ADMIN)),
          new Row("GET /cds-services", EVERYBODY),
          new Row("POST /cds-services/{id}", EVERYBODY),
          new Row("POST /cds-services/{id}/feedback", EVERYBODY));

  static Stream<Row> matrix() {
    return MATRIX.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("matrix")
  void endpointAnswersThoseWithTheRoleAndNobodyElse(Row row) {
    boolean endsSessions = row.path().equals("/console/sign-out");
    for (Who who : endsSessions ? Set.of(Who.STRANGER) : EVERYBODY) {
      int status = status(row, who);

      if (row.allowed().contains(who)) {
        assertThat(status).as("%s as %s", row.endpoint(), who).isNotIn(302, 401, 403, 499);
      } else if (who == Who.STRANGER) {
        assertThat(status).as("%s as %s", row.endpoint(), who).isEqualTo(row.isPage() ? 302 : 401);
      } else {
        assertThat(status).as("%s as %s", row.endpoint(), who).isEqualTo(403);
      }
    }
  }

  private static int status(Row row, Who who) {
    RequestSpecification request = request(row, who).redirects().follow(false);
    if (row.method().equals("POST")) {
      // What is no archive is refused by its type before anybody's role is asked for
      request
          .contentType(ARCHIVES.contains(row.path()) ? "application/zip" : "application/json")
          .body("{\"cards\":[]}".getBytes(StandardCharsets.UTF_8));
    }
    return request.request(row.method(), row.path()).statusCode();
  }

  private static RequestSpecification request(Row row, Who who) {
    if (who == Who.STRANGER) {
      return RestAssured.given();
    }
    return row.isPage() ? Tokens.session(who.name) : Tokens.bearer(who.name);
  }

  /** Ways to write an address that some part of the service may take for another one. */
  private static List<String> otherWaysToWrite(String path) {
    String rest = path.substring(path.indexOf('/', 1));
    String first = path.substring(0, path.indexOf('/', 1));
    String encoded = "/%" + Integer.toHexString(path.charAt(1)) + path.substring(2);
    return List.of(
        first + ";x" + rest,
        first + ";" + rest,
        first + "%3Bx" + rest,
        first + "%3bx" + rest,
        "/;x" + path,
        path + ";x=y",
        path + "/;x",
        "/console;/.." + path,
        "/console/..;" + path,
        "/console/.." + path,
        "/console/%2e%2e" + path,
        "/console/%2E." + path,
        "/console/..%2f" + path.substring(1),
        "/console/..%5c" + path.substring(1),
        "/console/" + path,
        "/health/.." + path,
        "/_static/.." + path,
        "/x/.." + path,
        "/." + path,
        "/%2e" + path,
        "/" + path,
        "//" + path,
        first + "/" + rest,
        first + "/." + rest,
        first + "%2f" + rest.substring(1),
        "/%2f" + path.substring(1),
        encoded,
        path + "/",
        path + "//",
        path + "/.",
        path + "%00",
        path + ".json",
        path.toUpperCase(Locale.ROOT),
        first.toUpperCase(Locale.ROOT) + rest,
        "http://localhost" + path,
        "http://localhost/console/.." + path,
        path + "?_method=GET&x=;",
        path + "#x");
  }

  static Stream<Row> readable() {
    return MATRIX.stream()
        .filter(row -> row.method().equals("GET") && !row.isPage())
        .filter(row -> !row.allowed().contains(Who.STRANGER));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("readable")
  void noOtherWayToWriteAnAddressOpensIt(Row row) throws IOException {
    String cookies =
        Stream.of(Who.CLINICIAN, Who.ADMIN, Who.AUDITOR)
            .filter(row.allowed()::contains)
            .findFirst()
            .map(who -> Tokens.sessionCookies(who.name))
            .orElseThrow();
    String other = "Authorization: Bearer " + Tokens.of("norbert");
    for (String path : otherWaysToWrite(row.path())) {
      String request = "GET " + path + " HTTP/1.1";
      for (String credentials : List.of("X: y", cookies, other)) {
        assertThat(RawHttp.status(RawHttp.ask(request, "Host: localhost", credentials)))
            .as(path)
            .isBetween(300, 499);
      }
    }
  }

  @Test
  void everyEndpointHasARow() {
    Set<String> endpoints = new TreeSet<>();
    for (JavaClass type :
        new ClassFileImporter().importPath(java.nio.file.Path.of("target/classes/org/medcue"))) {
      if (type.isAnnotatedWith(Path.class)) {
        type.getMethods().forEach(method -> addEndpoint(endpoints, type, method));
      }
    }

    assertThat(endpoints)
        .containsExactlyInAnyOrderElementsOf(MATRIX.stream().map(Row::endpoint).toList());
  }

  private static void addEndpoint(Set<String> endpoints, JavaClass type, JavaMethod method) {
    method.getAnnotations().stream()
        .filter(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class))
        .forEach(
            annotation -> {
              String verb = annotation.getRawType().getSimpleName();
              String below =
                  method.isAnnotatedWith(Path.class)
                      ? "/" + method.getAnnotationOfType(Path.class).value()
                      : "";
              String path = "/" + type.getAnnotationOfType(Path.class).value() + below;
              endpoints.add(verb + " " + path.replaceAll("/+", "/").replaceAll("(.)/$", "$1"));
            });
  }
}
