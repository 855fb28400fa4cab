package org.medcue.serving;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.model.ModelException;
import org.medcue.registry.Assignment;
import org.medcue.registry.Assignment.Assigned;
import org.medcue.registry.VersionRef;

/** Loads made-up versions and remembers which; some cannot be loaded. */
final class Versions implements RouteSwap.Loader {

  final List<String> loads = new CopyOnWriteArrayList<>();
  final Map<String, GatedPredictor> networks = new ConcurrentHashMap<>();
  final Map<String, List<KnowledgeVersion>> cited = new ConcurrentHashMap<>();
  final Set<String> broken = ConcurrentHashMap.newKeySet();
  private final String model;

  Versions(String model) {
    this.model = model;
  }

  @Override
  public List<KnowledgeVersion> cites(Assigned assigned) {
    return cited.getOrDefault(assigned.ref().version(), List.of());
  }

  @Override
  public LoadedVersion load(Assigned assigned) {
    String version = assigned.ref().version();
    loads.add(version);
    if (broken.contains(version)) {
      throw new ModelException("weights of " + version + " were changed");
    }
    GatedPredictor network = new GatedPredictor();
    network.gate.release(1_000_000);
    networks.put(version, network);
    return new LoadedVersion(
        assigned, new ServedModel(model, version, cites(assigned), Map.of(), network));
  }

  Assigned assigned(String version) {
    return new Assigned(new VersionRef(model, version), "digest of " + version);
  }

  Assignment active(String version) {
    return new Assignment(model, Optional.of(assigned(version)), Optional.empty(), List.of());
  }

  Assignment assignment(String active, String canary, double share, String... shadows) {
    List<Assigned> unseen = new ArrayList<>();
    for (String shadow : shadows) {
      unseen.add(assigned(shadow));
    }
    return new Assignment(
        model,
        Optional.of(assigned(active)),
        Optional.of(new Assignment.Canary(assigned(canary), share)),
        unseen);
  }

  /** Versions whose memory is held. */
  Set<String> open() {
    Set<String> open = new HashSet<>();
    networks.forEach(
        (version, network) -> {
          if (!network.closed) {
            open.add(version);
          }
        });
    return open;
  }
}
