package org.medcue.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.medcue.cli.ServiceApi.Condition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The EHRs that may call a running service. */
@Command(
    name = "tenant",
    description = {
      "List and manage the EHRs that may call a running service.",
      "Goes through the service's API with an admin's token: each change is checked there and"
          + " recorded in the audit trail."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(list | show | add | change | disable)")
final class TenantCommand {

  private static final String TENANTS = "/api/tenants";

  @Command(description = "List all tenants.", mixinStandardHelpOptions = true)
  int list(@Mixin ServiceApi api) throws InterruptedException {
    List<JsonNode> tenants = api.all(TENANTS);
    tenants.forEach(TenantCommand::printLine);
    if (tenants.isEmpty()) {
      System.out.println("No EHR may call yet: add one with medcue tenant add.");
    }
    return 0;
  }

  @Command(description = "Show one tenant as JSON.", mixinStandardHelpOptions = true)
  int show(@Mixin ServiceApi api, @Parameters(paramLabel = "ID") String id)
      throws InterruptedException, JsonProcessingException {
    return ServiceApi.print(api.get(path(id)).body());
  }

  @Command(
      description = {
        "Add a tenant. --name, --issuer and --key-set or --jku are needed.",
        "Of a --dry-run everything is computed and logged, and no card is shown."
      },
      mixinStandardHelpOptions = true)
  int add(
      @Mixin ServiceApi api,
      @Mixin TenantOptions options,
      @Parameters(paramLabel = "ID", description = "A short name, the same for good.") String id)
      throws InterruptedException, IOException {
    ObjectNode tenant = ServiceApi.JSON.createObjectNode();
    options.applyTo(tenant);
    return ServiceApi.print(api.send("PUT", path(id), tenant, Condition.isNew()));
  }

  @Command(
      description = {
        "Change a tenant: what is given replaces what is there, the rest stays.",
        "An empty text takes all of --jku or --origin away."
      },
      mixinStandardHelpOptions = true)
  int change(
      @Mixin ServiceApi api, @Mixin TenantOptions options, @Parameters(paramLabel = "ID") String id)
      throws InterruptedException, IOException {
    ServiceApi.Tagged known = api.get(path(id));
    options.applyTo(known.body());
    return ServiceApi.print(
        api.send("PUT", path(id), known.body(), Condition.unchangedSince(known)));
  }

  @Command(description = "Refuse a tenant's calls from now on.", mixinStandardHelpOptions = true)
  int disable(
      @Mixin ServiceApi api,
      @Option(names = "--reason", required = true, description = "Why; the audit trail keeps it.")
          String reason,
      @Parameters(paramLabel = "ID") String id)
      throws InterruptedException, JsonProcessingException {
    return ServiceApi.print(api.delete(path(id) + "?reason=" + ServiceApi.encoded(reason), null));
  }

  private static void printLine(JsonNode tenant) {
    boolean enabled = tenant.path("enabled").asBoolean();
    System.out.printf(
        Locale.ROOT,
        "%-20s %-9s %s (%s)%n",
        tenant.path("id").asText(),
        !enabled ? "disabled" : tenant.path("dryRun").asBoolean() ? "dry-run" : "enabled",
        tenant.path("name").asText(),
        tenant.path("issuer").asText());
  }

  private static String path(String id) {
    if (id.isBlank()) {
      throw new CommandException("which tenant? name one, as in medcue tenant list");
    }
    return TENANTS + "/" + ServiceApi.encoded(id);
  }
}
