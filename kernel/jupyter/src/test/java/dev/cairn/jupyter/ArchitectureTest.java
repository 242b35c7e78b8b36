package dev.cairn.jupyter;

import static com.tngtech.archunit.lang.conditions.ArchConditions.accessField;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.cairn.jupyter");

    @Test
    void packagesDependOnEachOtherInOneDirection() {
        slices().matching("dev.cairn.jupyter.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        for (JavaPackage javaPackage : CLASSES.getPackage("dev.cairn.jupyter").getSubpackages()) {
            assertThat(javaPackage.isAnnotatedWith(NullMarked.class))
                    .as(javaPackage.getName())
                    .isTrue();
        }
    }

    @Test
    void onlyTheRoutingOfStreamsTouchesStandardStreams() {
        noClasses()
                .that()
                .doNotHaveSimpleName("StandardStreams")
                .should(accessField(System.class, "out"))
                .orShould(accessField(System.class, "err"))
                .check(CLASSES);
    }

    @Test
    void theKernelKnowsNothingOfExperiments() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.cairn.engine..", "dev.cairn.store..", "dev.cairn.magics..")
                .check(CLASSES);
    }

    @Test
    void theSessionKnowsNeitherSocketsNorFilesOfNotebooks() {
        noClasses()
                .that()
                .resideInAnyPackage("..session..", "..eval..", "..magic..", "..output..", "..display..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.zeromq..", "..channel..", "..protocol..", "..kernel", "..notebook..")
                .check(CLASSES);
    }
}
