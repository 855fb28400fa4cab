package org.medcue.knowledge;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The knowledge of a model registry, by version. A piece is read and verified when it is first
 * asked for; whoever asks for it while somebody still holds it gets the same one. Thread-safe.
 */
public final class KnowledgeLibrary {

  /** Knows what each version has to be. */
  @FunctionalInterface
  public interface Register {

    /**
     * The digest that a version was registered with, see {@link KnowledgeFolder#digest}.
     *
     * @throws KnowledgeException if it was not registered
     */
    String digestOf(KnowledgeVersion version);
  }

  private static final List<KnowledgeVersion> BUNDLED =
      Stream.of(
              KnowledgeBase.bundled(),
              DialogueKnowledge.bundled(),
              List.of(InteractionTable.bundled()))
          .flatMap(List::stream)
          .toList();

  private final Function<KnowledgeVersion, KnowledgeFolder> folders;

  /** By its version, of a piece that fits others also by theirs. */
  private final Map<List<KnowledgeVersion>, WeakReference<Object>> pieces = new HashMap<>();

  /**
   * @param modelRegistry the folder {@code model-registry}
   */
  public KnowledgeLibrary(Path modelRegistry, Register register) {
    this.folders = version -> registered(KnowledgeFolder.open(modelRegistry, version), register);
  }

  private KnowledgeLibrary(Path modelRegistry) {
    this.folders = version -> KnowledgeFolder.open(modelRegistry, version);
  }

  /** A library for tools that know no register: folders need only be whole. */
  public static KnowledgeLibrary unregistered(Path modelRegistry) {
    return new KnowledgeLibrary(modelRegistry);
  }

  private static KnowledgeFolder registered(KnowledgeFolder folder, Register register) {
    if (!folder.digest().equals(register.digestOf(folder.version()))) {
      throw new KnowledgeException(
          folder.path()
              + " is not the knowledge that was registered under this name: its "
              + KnowledgeFolder.SUMS
              + " has another digest; restore the folder from its source");
    }
    return folder;
  }

  /** The versions that come with this release, for new models and where no model cites any. */
  public static List<KnowledgeVersion> bundled() {
    return BUNDLED;
  }

  /**
   * The knowledge of a model of visits.
   *
   * @param cited one version of each of the three pieces, and of no other
   * @throws KnowledgeException if a piece is not cited, not registered, missing, changed or
   *     unreadable
   */
  public KnowledgeBase visits(List<KnowledgeVersion> cited) {
    requirePieces(cited, KnowledgeBase.bundled());
    return new KnowledgeBase(
        icd(cited(cited, Icd10CmTree.NAME)),
        drugs(cited(cited, DrugTree.NAME)),
        symptoms(cited(cited, SymptomDictionary.NAME)));
  }

  /** The knowledge of a model of dialogues; as {@link #visits}. */
  public DialogueKnowledge dialogues(List<KnowledgeVersion> cited) {
    requirePieces(cited, DialogueKnowledge.bundled());
    KnowledgeVersion diseases = cited(cited, DialogueDiseases.NAME);
    KnowledgeVersion drugs = cited(cited, DrugLexicon.NAME);
    return new DialogueKnowledge(
        diseases(diseases),
        lexicon(drugs),
        graph(cited(cited, DiseaseGraph.NAME), diseases, drugs));
  }

  /**
   * What a request is read by: of each piece the first version that is cited, or the bundled one.
   *
   * @throws KnowledgeException if a piece is not registered, missing, changed or unreadable
   */
  public Terminology terminology(List<KnowledgeVersion> cited) {
    List<KnowledgeVersion> all = Stream.concat(cited.stream(), BUNDLED.stream()).toList();
    return new Terminology(
        icd(cited(all, Icd10CmTree.NAME)),
        drugs(cited(all, DrugTree.NAME)),
        lexicon(cited(all, DrugLexicon.NAME)));
  }

  /**
   * Reads a version that is not in its place yet as the piece that it is named after.
   *
   * @param others registered versions; a piece that names what stands in others must fit one
   *     version of each
   * @throws KnowledgeException if there is no piece of that name or the version cannot be read
   */
  public void requireReadable(KnowledgeFolder folder, List<KnowledgeVersion> others) {
    try {
      readAs(folder, others);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // What a row holds and no code, no range and no name can be
      throw new KnowledgeException(
          folder.version() + " cannot be read: " + e.getMessage() + "; correct the files", e);
    }
  }

  private void readAs(KnowledgeFolder folder, List<KnowledgeVersion> others) {
    switch (folder.version().name()) {
      case Icd10CmTree.NAME -> new Icd10CmTree(folder);
      case DrugTree.NAME -> new DrugTree(folder);
      case SymptomDictionary.NAME -> new SymptomDictionary(folder);
      case DialogueDiseases.NAME -> new DialogueDiseases(folder);
      case DrugLexicon.NAME -> new DrugLexicon(folder);
      case DiseaseGraph.NAME ->
          requireOneFits(
              versions(others, DialogueDiseases.NAME)
                  .flatMap(d -> versions(others, DrugLexicon.NAME).map(l -> List.of(d, l))),
              fit -> new DiseaseGraph(folder, diseases(fit.get(0)), lexicon(fit.get(1))));
      case InteractionTable.NAME ->
          requireOneFits(
              versions(others, DrugTree.NAME).map(List::of),
              fit -> new InteractionTable(folder, drugs(fit.get(0))));
      default ->
          throw new KnowledgeException(
              "There is no knowledge of the name "
                  + folder.version().name()
                  + ", but "
                  + BUNDLED.stream().map(KnowledgeVersion::name).toList());
    }
  }

  private static void requireOneFits(
      Stream<List<KnowledgeVersion>> possible, Function<List<KnowledgeVersion>, ?> read) {
    KnowledgeException why = new KnowledgeException("Nothing is registered that it could fit");
    for (List<KnowledgeVersion> fit : possible.toList()) {
      try {
        read.apply(fit);
        return;
      } catch (KnowledgeException e) {
        why = e;
      }
    }
    throw why;
  }

  private Icd10CmTree icd(KnowledgeVersion version) {
    return piece(Icd10CmTree.class, List.of(version), Icd10CmTree::new);
  }

  private DrugTree drugs(KnowledgeVersion version) {
    return piece(DrugTree.class, List.of(version), DrugTree::new);
  }

  private SymptomDictionary symptoms(KnowledgeVersion version) {
    return piece(SymptomDictionary.class, List.of(version), SymptomDictionary::new);
  }

  private DialogueDiseases diseases(KnowledgeVersion version) {
    return piece(DialogueDiseases.class, List.of(version), DialogueDiseases::new);
  }

  private DrugLexicon lexicon(KnowledgeVersion version) {
    return piece(DrugLexicon.class, List.of(version), DrugLexicon::new);
  }

  private DiseaseGraph graph(
      KnowledgeVersion version, KnowledgeVersion diseases, KnowledgeVersion drugs) {
    return piece(
        DiseaseGraph.class,
        List.of(version, diseases, drugs),
        folder -> new DiseaseGraph(folder, diseases(diseases), lexicon(drugs)));
  }

  private synchronized <T> T piece(
      Class<T> type, List<KnowledgeVersion> versions, Function<KnowledgeFolder, T> read) {
    WeakReference<Object> known = pieces.get(versions);
    Object held = known == null ? null : known.get();
    if (held != null) {
      return type.cast(held);
    }
    T piece = read.apply(folders.apply(versions.get(0)));
    pieces.put(versions, new WeakReference<>(piece));
    return piece;
  }

  private static void requirePieces(List<KnowledgeVersion> cited, List<KnowledgeVersion> all) {
    List<String> names = all.stream().map(KnowledgeVersion::name).sorted().toList();
    if (!cited.stream().map(KnowledgeVersion::name).sorted().toList().equals(names)) {
      throw new KnowledgeException("Cite one version each, as in " + all + ", not " + cited);
    }
  }

  private static KnowledgeVersion cited(List<KnowledgeVersion> cited, String name) {
    return versions(cited, name).findFirst().orElseThrow();
  }

  private static Stream<KnowledgeVersion> versions(List<KnowledgeVersion> all, String name) {
    return all.stream().filter(version -> version.name().equals(name));
  }
}
