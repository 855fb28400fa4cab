package org.medcue.harness;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;

/** Adam, who asks for changes of a model at one replica, and Ada, who approves them. */
public final class Admins {

  private static final String MODEL = "/api/models/mrkpa";

  private final ServiceProcess replica;
  private final String adam = Tokens.of("adam");
  private final String ada = Tokens.of("ada");

  public Admins(ServiceProcess replica) {
    this.replica = replica;
  }

  private static RequestSpecification as(String token) {
    return given().auth().oauth2(token).contentType(ContentType.JSON);
  }

  /** As somebody who read the model just now. */
  private RequestSpecification informed(String token) {
    String etag = as(token).get(model("")).then().statusCode(200).extract().header("ETag");
    return as(token).header("If-Match", etag);
  }

  private URI model(String path) {
    return replica.uri(MODEL + path);
  }

  private URI version(String number, String path) {
    return model("/versions/" + number + path);
  }

  /** Lets an EHR in. */
  public void admit(String issuer, String keySet, String base) {
    as(ada)
        .header("If-None-Match", "*")
        .body(
            """
            {"name": "Hospital", "issuer": "%s", "keySet": %s, "publicBase": "%s",
             "requestsPerMinute": 100000, "burst": 10000, "reason": "to be tested"}
            """
                .formatted(issuer, keySet, base))
        .put(replica.uri("/api/tenants/hospital"))
        .then()
        .log()
        .ifValidationFails()
        .statusCode(201);
  }

  public void add(byte[] archive) {
    as(adam)
        .contentType("application/zip")
        .queryParam("reason", "trained anew")
        .body(archive)
        .post(replica.uri("/api/models"))
        .then()
        .log()
        .ifValidationFails()
        .statusCode(201);
  }

  public String active() {
    return as(adam).get(model("")).then().statusCode(200).extract().path("active");
  }

  /** Asks for a version to answer; returns the identifier of the request. */
  public String ask(String number) {
    return as(adam)
        .body("{\"action\": \"activate\", \"reason\": \"better\"}")
        .post(version(number, "/requests"))
        .then()
        .log()
        .ifValidationFails()
        .statusCode(201)
        .extract()
        .path("requests[0].id");
  }

  /** The approval of what was asked for, ready to be sent. */
  public Approval approval(String number, String request) {
    RequestSpecification prepared =
        informed(ada)
            .body(
                "{\"request\": \"%s\", \"decision\": \"approve\", \"reason\": \"seen\"}"
                    .formatted(request));
    return () -> prepared.post(version(number, "/approvals"));
  }

  /** A call that was prepared. */
  public interface Approval {
    Response send();
  }

  public void promote(String number) {
    approval(number, ask(number)).send().then().statusCode(200);
  }

  /** Brings the version back that was active before this one. */
  public void rollback(String number) {
    informed(adam)
        .body("{\"reason\": \"second thoughts\"}")
        .post(version(number, "/rollback"))
        .then()
        .log()
        .ifValidationFails()
        .statusCode(200);
  }
}
