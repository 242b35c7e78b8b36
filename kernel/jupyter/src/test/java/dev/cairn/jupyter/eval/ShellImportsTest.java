package dev.cairn.jupyter.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import org.junit.jupiter.api.Test;

/** Imports that are declared at once are what they are when they are declared one by one. */
class ShellImportsTest {
    private static final List<String> IMPORTS = List.of(
            "import java.util.zip.*;",
            "import java.util.concurrent.atomic.LongAdder;",
            "import static java.lang.Math.*;");

    @Test
    void areDeclaredAsJShellWould() {
        try (JShell atOnce = JShell.builder().executionEngine("local").build();
                JShell oneByOne = JShell.builder().executionEngine("local").build()) {
            assertThat(new ShellImports(atOnce).declare(IMPORTS))
                    .as("JShell's methods are as expected")
                    .isTrue();
            IMPORTS.forEach(oneByOne::eval);

            assertThat(described(atOnce)).isEqualTo(described(oneByOne)).hasSize(IMPORTS.size());
            assertThat(atOnce.eval("max(new CRC32().getValue(), new LongAdder().sum() + 2)")
                            .get(0)
                            .value())
                    .isEqualTo("2");
        }
    }

    @Test
    void importsOfCellsComeBesideThem() throws CodeFailure {
        try (var cells = new TestEvaluator()) {
            cells.evaluator.importAll(IMPORTS);
            cells.run("import java.util.jar.Attributes;");

            assertThat(cells.run("new Attributes().size() + new CRC32().getValue()"))
                    .isEqualTo(0L);
            assertThatThrownBy(() -> cells.run("import no.such.place.*;\nList.of()"))
                    .hasMessageContaining("no.such.place");
        }
    }

    private static List<String> described(JShell shell) {
        return shell.imports()
                .map(found -> String.join(
                        " ",
                        found.id(),
                        found.source(),
                        name(found),
                        shell.status(found).name()))
                .toList();
    }

    private static String name(ImportSnippet found) {
        return found.fullname() + (found.isStatic() ? " static" : "");
    }
}
