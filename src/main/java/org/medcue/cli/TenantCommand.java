package org.medcue.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
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

  private static final int PAGE = 100;

  @Command(description = "List all tenants.", mixinStandardHelpOptions = true)
  int list(@Mixin TenantApi api) throws InterruptedException {
    long total = 1;
    for (int page = 0; (long) page * PAGE < total; page++) {
      JsonNode read = api.page(page, PAGE);
      total = read.path("total").asLong();
      read.path("items").forEach(TenantCommand::printLine);
    }
    return 0;
  }

  @Command(description = "Show one tenant as JSON.", mixinStandardHelpOptions = true)
  int show(@Mixin TenantApi api, @Parameters(paramLabel = "ID") String id)
      throws InterruptedException, JsonProcessingException {
    return print(api.read(id).tenant());
  }

  @Command(
      description = {
        "Add a tenant. --name, --issuer and --key-set or --jku are needed.",
        "Of a --dry-run everything is computed and logged, and no card is shown."
      },
      mixinStandardHelpOptions = true)
  int add(
      @Mixin TenantApi api,
      @Mixin TenantOptions options,
      @Parameters(paramLabel = "ID", description = "A short name, the same for good.") String id)
      throws InterruptedException, IOException {
    ObjectNode tenant = TenantApi.JSON.createObjectNode();
    options.applyTo(tenant);
    return print(api.add(id, tenant));
  }

  @Command(
      description = {
        "Change a tenant: what is given replaces what is there, the rest stays.",
        "An empty text takes all of --jku or --origin away."
      },
      mixinStandardHelpOptions = true)
  int change(
      @Mixin TenantApi api, @Mixin TenantOptions options, @Parameters(paramLabel = "ID") String id)
      throws InterruptedException, IOException {
    TenantApi.Tagged known = api.read(id);
    options.applyTo(known.tenant());
    return print(api.change(id, known.tenant(), known.etag()));
  }

  @Command(description = "Refuse a tenant's calls from now on.", mixinStandardHelpOptions = true)
  int disable(
      @Mixin TenantApi api,
      @Option(names = "--reason", required = true, description = "Why; the audit trail keeps it.")
          String reason,
      @Parameters(paramLabel = "ID") String id)
      throws InterruptedException, JsonProcessingException {
    return print(api.disable(id, reason));
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

  private static int print(JsonNode tenant) throws JsonProcessingException {
    System.out.println(TenantApi.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tenant));
    return 0;
  }
}
