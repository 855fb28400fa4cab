package org.medcue;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMembers;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.joining;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.quarkus.security.Authenticated;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The packages of Medcue and what each may import. A package that does not exist yet may come. */
@AnalyzeClasses(packages = "org.medcue", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "org.medcue.";

  /** What a feature may import of Medcue besides itself. */
  private static final Map<String, Set<String>> MAY_IMPORT =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("clinical", Set.of()),
              Map.entry("knowledge", Set.of("clinical")),
              Map.entry("fhir", Set.of("clinical", "knowledge")),
              Map.entry("model", Set.of("clinical", "knowledge")),
              Map.entry("training", Set.of("clinical", "knowledge", "fhir", "model")),
              Map.entry("safety", Set.of("clinical", "knowledge")),
              Map.entry("platform", Set.of()),
              Map.entry("audit", Set.of("platform")),
              Map.entry("tenant", Set.of("audit", "platform")),
              Map.entry("registry", Set.of("clinical", "knowledge", "model", "audit", "platform")),
              Map.entry(
                  "serving", Set.of("clinical", "knowledge", "model", "registry", "platform")),
              Map.entry(
                  "recommendation",
                  Set.of(
                      "clinical", "knowledge", "model", "serving", "safety", "audit", "platform")),
              Map.entry("feedback", Set.of("recommendation", "audit", "platform")),
              Map.entry(
                  "retraining",
                  Set.of(
                      "training", "registry", "recommendation", "feedback", "audit", "platform")),
              Map.entry(
                  "cdshooks",
                  Set.of(
                      "clinical",
                      "knowledge",
                      "fhir",
                      "recommendation",
                      "feedback",
                      "tenant",
                      "audit",
                      "platform")),
              Map.entry(
                  "export", Set.of("audit", "recommendation", "feedback", "fhir", "platform"))));

  /** They import any feature, and nothing imports them. */
  private static final Set<String> OUTERMOST = Set.of("console", "cli");

  private static final String[] WEB = {
    "io.quarkus..", "io.smallrye..", "io.vertx..", "jakarta..", "org.eclipse.microprofile..",
  };

  private static final String HAPI = "ca.uhn.fhir..";
  private static final String FHIR_STRUCTURES = "org.hl7.fhir..";
  private static final String DJL = "ai.djl..";

  @ArchTest
  static void everyPackageImportsOnlyWhatItsRowAllows(JavaClasses classes) {
    MAY_IMPORT.forEach((feature, allowed) -> importsOnly(feature, allowed).check(classes));
  }

  private static ArchRule importsOnly(String feature, Set<String> allowed) {
    Set<String> forbidden = new TreeSet<>(MAY_IMPORT.keySet());
    forbidden.addAll(OUTERMOST);
    forbidden.removeAll(allowed);
    forbidden.remove(feature);
    String[] packages = forbidden.stream().map(ArchitectureTest::in).toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(in(feature))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .because(
            feature
                + " may import only "
                + (allowed.isEmpty() ? "itself" : allowed.stream().sorted().collect(joining(", ")))
                + ": a request and a model version each go one way through the packages")
        .allowEmptyShould(true);
  }

  @ArchTest
  static final ArchRule everyClassLivesInAKnownPackage =
      classes()
          .should()
          .resideInAnyPackage(
              Stream.concat(MAY_IMPORT.keySet().stream(), OUTERMOST.stream())
                  .map(ArchitectureTest::in)
                  .toArray(String[]::new))
          .because("a package without a row in the table would be bound by no rule");

  @ArchTest
  static final ArchRule nobodyImportsConsoleOrCli =
      noClasses()
          .that()
          .resideOutsideOfPackages(in("console"), in("cli"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(in("console"), in("cli"))
          .because("pages and commands are the outermost layer: what they need lives below them");

  @ArchTest
  static final ArchRule consoleDoesNotImportCli =
      noClasses()
          .that()
          .resideInAPackage(in("console"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(in("cli"))
          .because("pages must not run commands")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule clinicalNeedsTheJdkAlone =
      classes()
          .that()
          .resideInAPackage(in("clinical"))
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(in("clinical"), "java..", "org.jspecify..")
          .because("the domain must outlive every library, and be readable without any");

  @ArchTest
  static final ArchRule onlyModelAndTrainingUseDjl =
      noClasses()
          .that()
          .resideOutsideOfPackages(in("model"), in("training"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DJL)
          .because("predictors take and give plain records: an NDArray never leaves");

  @ArchTest
  static final ArchRule onlyFhirUsesHapi =
      noClasses()
          .that()
          .resideOutsideOfPackage(in("fhir"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(HAPI, FHIR_STRUCTURES)
          .because("how FHIR is read is the business of one package");

  @ArchTest
  static final ArchRule hapiTypesStayOutOfPublicSignatures =
      noMembers()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage(in("fhir"))
          .and()
          .areDeclaredInClassesThat()
          .arePublic()
          .and()
          .arePublic()
          .should(mentionInSignature(resideInAnyPackage(HAPI, FHIR_STRUCTURES)))
          .because("fhir takes and gives JSON or our own records");

  @ArchTest
  static final ArchRule ndArraysStayOutOfPublicPredictors =
      noMembers()
          .that()
          .areDeclaredInClassesThat()
          .implement(ROOT + "model.DrugPredictor")
          .and()
          .arePublic()
          .should(mentionInSignature(resideInAPackage(DJL)))
          .because("an NDArray that leaves is native memory that nobody frees");

  @ArchTest
  static final ArchRule theCoreRunsInAPlainJvm =
      noClasses()
          .that()
          .resideInAnyPackage(
              in("clinical"),
              in("knowledge"),
              in("fhir"),
              in("model"),
              in("training"),
              in("safety"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(WEB)
          .because("training and evaluation run without the web service, and so do their tests");

  @ArchTest
  static final ArchRule entitiesAndRepositoriesStayInTheirFeature =
      noClasses()
          .that()
          .areAnnotatedWith("jakarta.persistence.Entity")
          .or()
          .areAnnotatedWith("jakarta.persistence.MappedSuperclass")
          .or()
          .areAssignableTo("io.quarkus.hibernate.orm.panache.PanacheRepositoryBase")
          .should()
          .bePublic()
          .because("a table has one owner; other features ask its service")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule featuresFormNoCycle =
      slices()
          .matching(ROOT + "(*)..")
          .should()
          .beFreeOfCycles()
          .because("features in a cycle can only be understood and changed together");

  @ArchTest
  static final ArchRule everyEndpointDeclaresWhoMayUseIt =
      methods()
          .that(describe("are endpoints", ArchitectureTest::isEndpoint))
          .should(declareWhoMayUseThem())
          .because("an endpoint open by oversight shows patients to whoever finds it");

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      classes()
          .that(describe("are not package-info", c -> !c.getSimpleName().equals("package-info")))
          .should(liveInANullMarkedPackage())
          .because("the compiler checks null-safety in marked packages only");

  @ArchTest
  static final ArchRule scalarsOutliveTheBackwardPass =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + "model..")
          .and(describe("compute gradients", type -> !type.getSimpleName().equals("AdamW")))
          .should()
          .callMethod(NDArray.class, "mul", Number.class)
          .orShould()
          .callMethod(NDArray.class, "div", Number.class)
          .because(
              "DJL frees the scalar while the gradient graph still reads it: Scalars.scale does not");

  private static boolean isEndpoint(JavaMethod method) {
    return method.getAnnotations().stream()
        .anyMatch(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class));
  }

  private static ArchCondition<JavaMethod> declareWhoMayUseThem() {
    return new ArchCondition<>("declare who may use them, or their class") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean declared =
            Stream.of(RolesAllowed.class, PermitAll.class, Authenticated.class)
                .anyMatch(a -> method.isAnnotatedWith(a) || method.getOwner().isAnnotatedWith(a));
        events.add(new SimpleConditionEvent(method, declared, method.getFullName()));
      }
    };
  }

  private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
    return new ArchCondition<>("live in a package that is @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        String message = type.getName() + (marked ? " does" : " does not");
        events.add(new SimpleConditionEvent(type, marked, message));
      }
    };
  }

  private static String in(String feature) {
    return ROOT + feature + "..";
  }

  private static ArchCondition<JavaMember> mentionInSignature(
      DescribedPredicate<? super JavaClass> types) {
    return new ArchCondition<>("mention in the signature types that " + types.getDescription()) {
      @Override
      public void check(JavaMember member, ConditionEvents events) {
        boolean mentions = signature(member).anyMatch(types);
        events.add(new SimpleConditionEvent(member, mentions, member.getDescription()));
      }
    };
  }

  private static Stream<JavaClass> signature(JavaMember member) {
    if (member instanceof JavaCodeUnit unit) {
      return Stream.of(
              unit.getReturnType().getAllInvolvedRawTypes().stream(),
              unit.getParameterTypes().stream()
                  .flatMap(type -> type.getAllInvolvedRawTypes().stream()),
              unit.getThrowsClause().getTypes().stream())
          .flatMap(types -> types);
    }
    return ((JavaField) member).getType().getAllInvolvedRawTypes().stream();
  }
}
