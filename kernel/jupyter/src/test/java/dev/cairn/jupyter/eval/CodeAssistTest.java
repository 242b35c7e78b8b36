package dev.cairn.jupyter.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.jupyter.eval.CodeAssist.Completion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class CodeAssistTest {
    private TestEvaluator cells;

    @BeforeAll
    void start() {
        cells = new TestEvaluator();
        cells.run("var inventory = new ArrayList<String>();");
    }

    @AfterAll
    void end() {
        cells.close();
    }

    @Test
    void kindsOfCandidatesAreTold() {
        assertThat(complete("inventory.isEm").kinds()).containsEntry("isEmpty()", "function");
        assertThat(complete("inven").kinds()).containsEntry("inventory", "instance");
        assertThat(complete("ArrayLis").kinds()).containsEntry("ArrayList", "class");
        assertThat(complete("Integer.MAX_V").kinds()).containsEntry("MAX_VALUE", "field");
    }

    @Test
    void pathsAreCompletedWithinStrings(@TempDir Path directory) throws IOException {
        Files.createDirectories(directory.resolve("data/raw"));
        Files.writeString(directory.resolve("data/rows.csv"), "");
        String code = "var rows = Files.readAllLines(Path.of(\"data/r";

        Completion found =
                PathCompletion.complete(code, code.length(), directory).orElseThrow();

        assertThat(found.matches()).containsExactly("raw/", "rows.csv");
        assertThat(found.start()).isEqualTo(code.length() - 1);
        assertThat(found.kinds()).containsEntry("raw/", "path");
        assertThat(PathCompletion.complete("int x = da", 10, directory)).isEmpty();
        assertThat(PathCompletion.complete("f(\"data/\", da", 13, directory)).isEmpty();
    }

    @Test
    void documentationReadsWithoutMarkup() {
        String comment = "Gives {@code a} or {@link java.util.List#of() a list}.<p>More &lt;here&gt;.\n<ul><li>one</ul>"
                + "\n @param a the value\n @return it";

        assertThat(JavadocText.of(comment))
                .isEqualTo("Gives a or a list.\n\nMore <here>.\n• one\nparam: a the value\nreturn: it");
    }

    private Completion complete(String code) {
        return cells.evaluator.assist().complete(code, code.length());
    }
}
