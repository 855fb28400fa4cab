package org.medcue.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Settings of a tenant on the command line; what is not given stays as it is. */
final class TenantOptions {

  private static final String PRIVATE = ",private";

  @Option(names = "--name", description = "For people.")
  private @Nullable String name;

  @Option(names = "--issuer", description = "The iss of its tokens.")
  private @Nullable String issuer;

  @Option(names = "--key-set", description = "A file with its public keys, a JWK Set.")
  private @Nullable Path keySet;

  @Option(
      names = "--jku",
      description = "A URL that its keys may be read from; several are given one by one.")
  private @Nullable List<String> jkus;

  @Option(
      names = "--fhir-server",
      paramLabel = "URL[,private]",
      description =
          "Base URL of a FHIR server that may be read from; with ',private' its address may be"
              + " inside a network.")
  private @Nullable List<String> fhirServers;

  @Option(names = "--origin", description = "An origin of browser clients, such as https://a.b.")
  private @Nullable List<String> origins;

  @Option(names = "--public-base", description = "Where this EHR reaches the service.")
  private @Nullable String publicBase;

  @Option(names = "--requests-per-minute", description = "In the long run; 600 for a new tenant.")
  private @Nullable Integer requestsPerMinute;

  @Option(names = "--burst", description = "At once; 60 for a new tenant.")
  private @Nullable Integer burst;

  @Option(
      names = "--dry-run",
      negatable = true,
      description = "Compute and log everything, show no card; or show cards.")
  private @Nullable Boolean dryRun;

  @Option(names = "--enabled", negatable = true, description = "Answer its calls; or refuse them.")
  private @Nullable Boolean enabled;

  @Option(names = "--reason", required = true, description = "Why; the audit trail keeps it.")
  private String reason = "";

  /** Writes what was given into a tenant's JSON. */
  void applyTo(ObjectNode tenant) throws IOException {
    set(tenant, "name", name);
    set(tenant, "issuer", issuer);
    set(tenant, "publicBase", publicBase);
    if (keySet != null) {
      tenant.set("keySet", ServiceApi.JSON.readTree(keySet.toFile()));
    }
    set(tenant, "jkus", jkus);
    set(tenant, "origins", origins);
    if (fhirServers != null) {
      ArrayNode servers = tenant.putArray("fhirServers");
      for (String server : fhirServers) {
        boolean inside = server.endsWith(PRIVATE);
        servers
            .addObject()
            .put("base", inside ? server.substring(0, server.length() - PRIVATE.length()) : server)
            .put("privateAddresses", inside);
      }
    }
    if (requestsPerMinute != null) {
      tenant.put("requestsPerMinute", requestsPerMinute);
    }
    if (burst != null) {
      tenant.put("burst", burst);
    }
    if (dryRun != null) {
      tenant.put("dryRun", dryRun);
    }
    if (enabled != null) {
      tenant.put("enabled", enabled);
    }
    tenant.put("reason", reason);
  }

  private static void set(ObjectNode tenant, String name, @Nullable String value) {
    if (value != null) {
      tenant.put(name, value);
    }
  }

  /** An empty text among the values takes all away. */
  private static void set(ObjectNode tenant, String name, @Nullable List<String> values) {
    if (values != null) {
      ArrayNode array = tenant.putArray(name);
      values.stream().filter(value -> !value.isBlank()).forEach(array::add);
    }
  }
}
