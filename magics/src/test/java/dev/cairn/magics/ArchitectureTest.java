package dev.cairn.magics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.cairn.magics");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.cairn.magics.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(classes.getPackage("dev.cairn.magics").getSubpackages())
                .isNotEmpty()
                .allMatch((JavaPackage p) -> p.isAnnotatedWith(NullMarked.class));
    }

    @Test
    void nothingPrints() {
        noClasses().should(ACCESS_STANDARD_STREAMS).check(classes);
    }

    @Test
    void onlyTheSessionKnowsTheKernel() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.cairn.magics.command..", "dev.cairn.magics.render..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.cairn.jupyter..")
                .check(classes);
    }
}
