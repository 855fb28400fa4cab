package org.medcue.cli;

import java.util.ArrayList;
import java.util.List;
import org.medcue.knowledge.KnowledgeVersion;
import picocli.CommandLine.Option;

/** Which knowledge a new model version is built on and cites. */
final class KnowledgeOptions {

  @Option(
      names = "--knowledge",
      paramLabel = "VERSION",
      description =
          "Build on this version of knowledge in the registry, such as drugs/1.0.1, in place of the"
              + " bundled one; may be given more than once.")
  private List<String> versions = new ArrayList<>();

  /**
   * The bundled versions, or what was named in their place.
   *
   * @throws CommandException if something was named that is none of these pieces
   */
  List<KnowledgeVersion> inPlaceOf(List<KnowledgeVersion> bundled) {
    List<KnowledgeVersion> chosen = new ArrayList<>(bundled);
    for (String text : versions) {
      KnowledgeVersion version = KnowledgeVersion.parse(text);
      List<String> names = chosen.stream().map(KnowledgeVersion::name).toList();
      if (!names.contains(version.name())) {
        throw new CommandException(
            "--knowledge " + text + " is nothing that this model is built on: it is on " + names);
      }
      chosen.set(names.indexOf(version.name()), version);
    }
    return chosen;
  }
}
