package org.medcue.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.medcue.cli.ServiceApi.Condition;
import org.medcue.knowledge.KnowledgeFolder;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.model.ModelFolder;
import org.medcue.registry.VersionRef;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The versions of models and of knowledge that a running service has. */
@Command(
    name = "registry",
    description = {
      "List, add, try, promote and roll back the model versions of a running service.",
      "Goes through the service's API with an admin's token: each change is checked there and"
          + " recorded in the audit trail. VERSION is written as mrkpa/2.1.0."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel =
        "(list | show | add | request | approve | decline | rollback | reject | shadow | end-shadow"
            + " | end-canary)")
final class RegistryCommand {

  private static final String MODELS = "/api/models";
  private static final String KNOWLEDGE = "/api/knowledge";

  /** Why something is done. */
  static final class Reason {
    @Option(names = "--reason", required = true, description = "Why; the audit trail keeps it.")
    private String text = "";

    ObjectNode json() {
      return ServiceApi.JSON.createObjectNode().put("reason", text);
    }

    String query() {
      return "?reason=" + ServiceApi.encoded(text);
    }
  }

  @Command(
      description = "List the versions of models and of knowledge.",
      mixinStandardHelpOptions = true)
  int list(@Mixin ServiceApi api) throws InterruptedException {
    for (JsonNode model : api.all(MODELS)) {
      String versions = MODELS + "/" + model.path("name").asText() + "/versions";
      api.all(versions)
          .forEach(
              version -> printLine(version, "model", version.path("state").asText(), "changedAt"));
    }
    api.all(KNOWLEDGE).forEach(version -> printLine(version, "name", "registered", "registeredAt"));
    return 0;
  }

  @Command(description = "Show one version as JSON.", mixinStandardHelpOptions = true)
  int show(@Mixin ServiceApi api, @Parameters(paramLabel = "VERSION") String version)
      throws InterruptedException, JsonProcessingException {
    return ServiceApi.print(api.get(path(version)).body());
  }

  @Command(
      description = {
        "Send the folder of a version to the service, which checks and records it.",
        "A folder that lies in the service's registry already is recorded where it is.",
        "A folder with SHA256SUMS is knowledge, named by its last two parts: drugs/1.0.1."
      },
      mixinStandardHelpOptions = true)
  int add(
      @Mixin ServiceApi api,
      @Mixin Reason reason,
      @Parameters(paramLabel = "DIR", description = "The folder of a version.") Path folder)
      throws InterruptedException, IOException {
    String target = MODELS + reason.query();
    if (Files.exists(folder.resolve(KnowledgeFolder.SUMS))) {
      KnowledgeVersion version = named(folder);
      KnowledgeFolder.read(folder, version);
      target =
          KNOWLEDGE + reason.query() + "&name=" + version.name() + "&version=" + version.version();
    } else {
      ModelFolder.open(folder);
    }
    return ServiceApi.print(
        api.send("POST", target, "application/zip", BodyPublishers.ofByteArray(zip(folder)), null));
  }

  private static KnowledgeVersion named(Path folder) {
    Path whole = folder.toAbsolutePath().normalize();
    int names = whole.getNameCount();
    if (names < 2) {
      throw new CommandException("the folder of knowledge is named such as drugs/1.0.1");
    }
    return KnowledgeVersion.parse(whole.getName(names - 2) + "/" + whole.getName(names - 1));
  }

  @Command(
      description = {
        "Ask for a version to answer; another admin approves.",
        "With --share it answers as a canary, for that share of the patients."
      },
      mixinStandardHelpOptions = true)
  int request(
      @Mixin ServiceApi api,
      @Mixin Reason reason,
      @Option(names = "--share", description = "Above 0 to 0.5.") @Nullable Double share,
      @Option(
              names = "--override",
              description = "Why it shall answer although its figures are worse.")
          @Nullable String override,
      @Parameters(paramLabel = "VERSION") String version)
      throws InterruptedException, JsonProcessingException {
    ObjectNode wish = reason.json().put("action", share == null ? "activate" : "canary");
    if (share != null) {
      wish.put("share", share);
    }
    if (override != null) {
      wish.put("override", override);
    }
    return ServiceApi.print(api.send("POST", path(version) + "/requests", wish, null));
  }

  @Command(
      description = {
        "Approve what another admin asked for; the version answers within seconds.",
        "Says what that is. Where more than one request waits, name the one that you reviewed."
      },
      mixinStandardHelpOptions = true)
  int approve(
      @Mixin ServiceApi api,
      @Mixin Reason reason,
      @Mixin RequestOptions which,
      @Parameters(paramLabel = "VERSION") String version)
      throws InterruptedException, JsonProcessingException {
    return decide(api, reason, which, version, "approve");
  }

  @Command(
      description = "Decline what an admin asked for, or take back what you did.",
      mixinStandardHelpOptions = true)
  int decline(
      @Mixin ServiceApi api,
      @Mixin Reason reason,
      @Mixin RequestOptions which,
      @Parameters(paramLabel = "VERSION") String version)
      throws InterruptedException, JsonProcessingException {
    return decide(api, reason, which, version, "decline");
  }

  @Command(
      description = "Take the active version out and bring the one before it back.",
      mixinStandardHelpOptions = true)
  int rollback(
      @Mixin ServiceApi api,
      @Mixin Reason reason,
      @Parameters(paramLabel = "VERSION") String version)
      throws InterruptedException, JsonProcessingException {
    return change(api, "POST", version, "/rollback", reason);
  }

  @Command(description = "Have a version never used again.", mixinStandardHelpOptions = true)
  int reject(
      @Mixin ServiceApi api,
      @Mixin Reason reason,
      @Parameters(paramLabel = "VERSION") String version)
      throws InterruptedException, JsonProcessingException {
    return change(api, "POST", version, "/rejection", reason);
  }

  @Command(
      description = "Let a version answer unseen beside the active one.",
      mixinStandardHelpOptions = true)
  int shadow(
      @Mixin ServiceApi api,
      @Mixin Reason reason,
      @Parameters(paramLabel = "VERSION") String version)
      throws InterruptedException, JsonProcessingException {
    return change(api, "PUT", version, "/shadow", reason);
  }

  @Command(name = "end-shadow", description = "End that.", mixinStandardHelpOptions = true)
  int endShadow(
      @Mixin ServiceApi api,
      @Mixin Reason reason,
      @Parameters(paramLabel = "VERSION") String version)
      throws InterruptedException, JsonProcessingException {
    return delete(api, version, "/shadow", reason);
  }

  @Command(
      name = "end-canary",
      description = "End the trial of a canary at once.",
      mixinStandardHelpOptions = true)
  int endCanary(
      @Mixin ServiceApi api,
      @Mixin Reason reason,
      @Parameters(paramLabel = "VERSION") String version)
      throws InterruptedException, JsonProcessingException {
    return delete(api, version, "/canary", reason);
  }

  private static int decide(
      ServiceApi api, Reason reason, RequestOptions which, String version, String decision)
      throws InterruptedException, JsonProcessingException {
    ServiceApi.Tagged read = api.get(path(version));
    JsonNode request = which.of(read.body(), version);
    System.err.println(decision + " " + version + ": " + RequestOptions.line(request));
    ObjectNode body =
        reason.json().put("decision", decision).put("request", request.path("id").asText());
    return ServiceApi.print(
        api.send("POST", path(version) + "/approvals", body, which.unchangedSince(read)));
  }

  private static int change(
      ServiceApi api, String method, String version, String what, Reason reason)
      throws InterruptedException, JsonProcessingException {
    Condition unchanged = Condition.unchangedSince(api.get(path(version)));
    return ServiceApi.print(api.send(method, path(version) + what, reason.json(), unchanged));
  }

  private static int delete(ServiceApi api, String version, String what, Reason reason)
      throws InterruptedException, JsonProcessingException {
    Condition unchanged = Condition.unchangedSince(api.get(path(version)));
    return ServiceApi.print(api.delete(path(version) + what + reason.query(), unchanged));
  }

  private static String path(String version) {
    try {
      VersionRef ref = VersionRef.parse(version);
      return MODELS
          + "/"
          + ServiceApi.encoded(ref.model())
          + "/versions/"
          + ServiceApi.encoded(ref.version());
    } catch (IllegalArgumentException e) {
      throw new CommandException("which version? name one such as mrkpa/2.1.0", e);
    }
  }

  private static byte[] zip(Path folder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> listed = Files.list(folder)) {
      List<Path> files = listed.sorted().toList();
      for (Path file : files) {
        zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
        Files.copy(file, zip);
      }
    }
    return bytes.toByteArray();
  }

  private static void printLine(JsonNode version, String name, String state, String since) {
    System.out.printf(
        Locale.ROOT,
        "%-24s %-10s since %s%n",
        version.path(name).asText() + "/" + version.path("version").asText(),
        state,
        version.path(since).asText());
  }
}
