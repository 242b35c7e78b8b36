package dev.cairn.maven;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.cairn.maven");

    @Test
    void thePackageIsNullMarked() {
        assertThat(CLASSES.getPackage("dev.cairn.maven").isAnnotatedWith(NullMarked.class))
                .isTrue();
    }

    @Test
    void nothingTouchesStandardStreams() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    @Test
    void theKernelIsKnownByWhatItAsksForOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..jupyter.session..", "..jupyter.eval..", "..jupyter.kernel..", "..jupyter.output..")
                .check(CLASSES);
    }
}
