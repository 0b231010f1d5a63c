package io.holdfast.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows of docs/architecture.md, each with what to do when it is crossed. */
class LayeringTest {

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.holdfast");

  private static void check(ArchRule rule) {
    rule.check(ALL);
  }

  @Test
  void coreKnowsNothingButItself() {
    check(
        classes()
            .that()
            .resideInAPackage("io.holdfast.core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.holdfast.core..", "java.lang..", "java.util..", "java.time..")
            .because(
                "core holds the decisions and must run on virtual time in the simulator. Let the"
                    + " step return an action, and carry it out in agent.app or collector.app"));
  }

  @Test
  void corePackagesFormNoCircle() {
    check(
        slices()
            .matching("io.holdfast.core.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a chapter of the plan is read on its own: move the shared type down"));
  }

  @ParameterizedTest
  @CsvSource({
    "io.holdfast.agent.act.process, io.holdfast.agent.act.systemd",
    "io.holdfast.agent.act, io.holdfast.agent.observe",
    "io.holdfast.agent.act, io.holdfast.agent.link",
    "io.holdfast.agent.act, io.holdfast.agent.spool",
    "io.holdfast.agent.act, io.holdfast.agent.store",
    "io.holdfast.agent.observe, io.holdfast.agent.link",
    "io.holdfast.agent.observe, io.holdfast.agent.spool",
    "io.holdfast.agent.observe, io.holdfast.agent.store",
    "io.holdfast.agent.link, io.holdfast.agent.spool",
    "io.holdfast.agent.link, io.holdfast.agent.store",
    "io.holdfast.agent.spool, io.holdfast.agent.store",
    "io.holdfast.agent.metrics, io.holdfast.agent.act",
    "io.holdfast.agent.metrics, io.holdfast.agent.observe",
    "io.holdfast.agent.metrics, io.holdfast.agent.link",
    "io.holdfast.agent.metrics, io.holdfast.agent.spool",
    "io.holdfast.agent.metrics, io.holdfast.agent.store",
    "io.holdfast.agent.observe.probe, io.holdfast.agent.observe.postgres",
    "io.holdfast.agent.observe.linux, io.holdfast.agent.observe.oshi",
    "io.holdfast.collector.ledger, io.holdfast.collector.fleet",
    "io.holdfast.collector.ledger, io.holdfast.collector.link",
    "io.holdfast.collector.ledger, io.holdfast.collector.api",
    "io.holdfast.collector.fleet, io.holdfast.collector.link",
    "io.holdfast.collector.fleet, io.holdfast.collector.api",
    "io.holdfast.collector.link, io.holdfast.collector.api",
    "io.holdfast.collector.api.grpc, io.holdfast.collector.api.web",
    "io.holdfast.collector.api.grpc, io.holdfast.collector.api.metrics",
    "io.holdfast.collector.api.web, io.holdfast.collector.api.metrics",
  })
  void adaptersDoNotKnowEachOther(String one, String other) {
    String remedy =
        "adapters meet only in app: give the adapter an interface of its own for what it needs,"
            + " and let app connect the two";
    check(
        noClasses()
            .that()
            .resideInAPackage(one + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(other + "..")
            .because(remedy));
    check(
        noClasses()
            .that()
            .resideInAPackage(other + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(one + "..")
            .because(remedy));
  }

  @Test
  void nothingKnowsTheWiring() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("io.holdfast.agent.app..", "io.holdfast.collector.app..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.holdfast.agent.app..", "io.holdfast.collector.app..")
            .because("app constructs the rest: hand what is needed to the constructor"));
  }

  @Test
  void messagesStayAtTheBorder() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "io.holdfast.core..",
                "io.holdfast.planfile..",
                "io.holdfast.pki..",
                "io.holdfast.simulation..",
                "io.holdfast.metrics..",
                "io.holdfast.agent.app..",
                "io.holdfast.agent.act..",
                "io.holdfast.agent.metrics..",
                "io.holdfast.agent.observe..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.holdfast.proto..")
            .because("the wire's types are not the domain's: map them in module wire"));
  }

  @Test
  void configurationFilesAreReadByTheWiringAlone() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "io.holdfast.planfile..",
                "io.holdfast.agent.app..",
                "io.holdfast.collector.app..",
                "io.holdfast.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.holdfast.planfile..")
            .because("an adapter is handed its settings: give it a record of its own"));
  }

  @Test
  void statisticsOfABenchKnowNothingOfWhatIsMeasured() {
    check(
        classes()
            .that()
            .resideInAPackage("io.holdfast.bench.report..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.holdfast.bench.report..", "java..", "org.jspecify..")
            .because("every bench prints the same way: hand bench.report numbers and words"));
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.holdfast.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.holdfast.bench..")
            .because("a bench measures the product, which must not know of it"));
  }

  @Test
  void ratisStaysInTheLedger() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.holdfast.collector.ledger..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.apache.ratis.."))
            .because("the ledger can be replaced only while it alone knows Ratis"));
  }

  @Test
  void micrometerStaysBehindTheCatalog() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.holdfast.metrics..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.micrometer..", "io.prometheus.."))
            .because("bounds on series hold only there: declare the figure in a Catalog"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"io.holdfast.metrics", "io.holdfast.unit"})
  void whatBothProgramsUseKnowsNothingOfHoldfast(String shared) {
    check(
        noClasses()
            .that()
            .resideInAPackage(shared + "..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("io.holdfast..").and(not(resideInAPackage(shared + ".."))))
            .because("agent and collector share it: hand it what it needs as plain values"));
  }

  @Test
  void oshiStaysInItsAdapter() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.holdfast.agent.observe.oshi..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("oshi.."))
            .because("OSHI is too slow for the tick: ask observe.oshi for what pays"));
  }

  @Test
  void dbusStaysInItsAdapter() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.holdfast.agent.act.systemd..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.freedesktop.."))
            .because("another way to systemd must change one package: add a method to Systemd"));
  }

  @Test
  void namesSayWhatAClassIs() {
    check(
        noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .resideInAnyPackage("..util..", "..common..", "..helper..")
            .because("such a name says nothing: name the noun that the class is about"));
  }
}
