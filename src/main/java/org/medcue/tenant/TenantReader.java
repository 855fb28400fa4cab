package org.medcue.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.medcue.platform.QueryValues;
import org.medcue.platform.RequestRefusedException;
import org.medcue.platform.Violation;

/**
 * Reads the settings of a tenant, and everything wrong with their form, from what an admin sent.
 */
final class TenantReader {

  private static final int DEFAULT_PER_MINUTE = 600;
  private static final int DEFAULT_BURST = 60;

  /** The elements of {@link TenantSettings}. */
  static final List<String> SETTINGS =
      List.of(
          "name",
          "issuer",
          "keySet",
          "jkus",
          "fhirServers",
          "origins",
          "publicBase",
          "requestsPerMinute",
          "burst",
          "dryRun",
          "enabled");

  /** {@code id} and {@code version} may come back as they were read. */
  private static final Set<String> OTHERS = Set.of("id", "version", "reason");

  private final JsonNode json;
  private final List<Violation> violations = new ArrayList<>();

  private TenantReader(JsonNode json) {
    this.json = json;
  }

  /** What was asked for, and why. */
  record Wish(TenantSettings settings, String reason) {}

  /**
   * @throws RequestRefusedException (400) naming every element that has not its type
   */
  static Wish read(JsonNode json) {
    TenantReader reader = new TenantReader(json);
    Wish wish = new Wish(reader.settings(), reader.reason());
    if (!reader.violations.isEmpty()) {
      throw new RequestRefusedException(400, reader.violations);
    }
    return wish;
  }

  private String reason() {
    String reason = text("reason", "");
    if (!QueryValues.isReason(reason)) {
      bad("reason", "must " + QueryValues.REASON);
    }
    return reason;
  }

  private TenantSettings settings() {
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!SETTINGS.contains(name) && !OTHERS.contains(name)) {
                bad("body", "has an element that no tenant has; there are " + SETTINGS);
              }
            });
    return new TenantSettings(
        text("name", ""),
        text("issuer", ""),
        Optional.of(json.path("keySet")).filter(set -> !set.isMissingNode() && !set.isNull()),
        texts("jkus"),
        servers(),
        texts("origins"),
        Optional.of(text("publicBase", "")).filter(base -> !base.isEmpty()),
        number("requestsPerMinute", DEFAULT_PER_MINUTE),
        number("burst", DEFAULT_BURST),
        flag(json, "dryRun", "dryRun", false),
        flag(json, "enabled", "enabled", true));
  }

  private List<FhirServer> servers() {
    List<FhirServer> servers = new ArrayList<>();
    for (JsonNode server : array("fhirServers")) {
      String path = "fhirServers[" + servers.size() + "]";
      if (!server.path("base").isTextual()) {
        bad(path + ".base", "must be a string");
      }
      servers.add(
          new FhirServer(
              server.path("base").asText(""),
              flag(server, "privateAddresses", path + ".privateAddresses", false)));
    }
    return servers;
  }

  private List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : array(name)) {
      if (!text.isTextual()) {
        bad(name + "[" + texts.size() + "]", "must be a string");
      }
      texts.add(text.asText());
    }
    return texts;
  }

  private Iterable<JsonNode> array(String name) {
    JsonNode value = json.path(name);
    if (!isAbsent(value) && !value.isArray()) {
      bad(name, "must be an array");
    }
    return value.isArray() ? value : List.of();
  }

  private String text(String name, String absent) {
    JsonNode value = json.path(name);
    if (!isAbsent(value) && !value.isTextual()) {
      bad(name, "must be a string");
    }
    return value.isTextual() ? value.textValue() : absent;
  }

  private int number(String name, int absent) {
    JsonNode value = json.path(name);
    if (!isAbsent(value) && !value.isInt()) {
      bad(name, "must be a whole number");
    }
    return value.isInt() ? value.intValue() : absent;
  }

  private boolean flag(JsonNode parent, String name, String path, boolean absent) {
    JsonNode value = parent.path(name);
    if (!isAbsent(value) && !value.isBoolean()) {
      bad(path, "must be true or false");
    }
    return value.isBoolean() ? value.booleanValue() : absent;
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private void bad(String path, String message) {
    violations.add(new Violation(path, message));
  }
}
