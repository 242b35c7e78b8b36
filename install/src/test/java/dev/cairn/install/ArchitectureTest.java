package dev.cairn.install;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.cairn.install");

    @Test
    void packagesHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching("dev.cairn.install.(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void everyPackageIsNullMarked() {
        JavaPackage root = classes.getPackage("dev.cairn.install");

        assertThat(root.isAnnotatedWith(NullMarked.class)).isTrue();
        assertThat(root.getSubpackagesInTree()).allMatch(sub -> sub.isAnnotatedWith(NullMarked.class));
    }

    @Test
    void onlyTheCommandItselfTouchesTheProcesssStreams() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Cairn.class.getName())
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .accessField(System.class, "in")
                .check(classes);
    }

    @Test
    void theCommandAndItsDispatcherLoadNoOtherModule() {
        noClasses()
                .that()
                .haveFullyQualifiedName(Cairn.class.getName())
                .or()
                .haveFullyQualifiedName(Dispatcher.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.cairn.magics..", "dev.cairn.jupyter..", "dev.cairn.engine..", "picocli..", "com.google..")
                .check(classes);
    }
}
