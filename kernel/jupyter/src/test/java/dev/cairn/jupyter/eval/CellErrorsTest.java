package dev.cairn.jupyter.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.jupyter.output.CellError;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class CellErrorsTest {
    private TestEvaluator cells;

    @BeforeAll
    void start() {
        cells = new TestEvaluator();
        cells.run("int counter = 1;");
        cells.run("void risky() throws java.io.IOException {}");
    }

    @AfterAll
    void end() {
        cells.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "countr + 1 | did you mean counter?",
                "Tread.sleep(1) | did you mean Thread?",
                "new ArayList<String>() | did you mean ArrayList?",
                "int lossy = 1.5; | write (int) before the value",
                "int parsed = \"1\"; | Integer.parseInt",
                "String shown = 1; | String.valueOf",
                "Runnable caught = () -> risky(); | catch it with try",
                "int noReturn(int n) { if (n > 1) return 1; } | every way through the method",
                "String open = \"abc; | close the string",
            })
    void commonMistakesGetAHint(String code, String hint) {
        CellError error = cells.error(code);

        assertThat(error.name()).isEqualTo("CompilationError");
        assertThat(TestEvaluator.plain(error)).contains("line 1", "^", "Hint: ", hint);
    }

    @Test
    void threadsFailureIsToldInLinesOfTheCell() {
        Object report = cells.run("Object[] caught = new Object[1];\n"
                + "Thread failing = new Thread(() -> {\n  throw new IllegalStateException(\"in a thread\");\n});\n"
                + "failing.setUncaughtExceptionHandler((thread, e) -> caught[0] = e);\n"
                + "failing.start();\nfailing.join();\ncaught[0]");

        CellError error = cells.error("throw new RuntimeException((Throwable) caught[0]);");

        assertThat(report).isInstanceOf(IllegalStateException.class);
        assertThat(TestEvaluator.plain(error))
                .contains("Caused by", "in a thread")
                .doesNotContain("REPL");
    }

    @Test
    void exitInABatchEndsTheCellOnly() {
        CellError error = cells.error("int left = 1; int right = 2; System.exit(left + right); int never = 4;");

        assertThat(error.name()).isEqualTo("SystemExit");
        assertThat(error.message()).contains("System.exit(3)");
        assertThat(cells.run("left + right")).isEqualTo(3);
    }

    @Test
    void methodThatUsesARedefinedRecordKeepsWorking() {
        cells.run("record Point(int x) {}\nint firstOf(Point p) { return p.x(); }");

        cells.run("record Point(int x, int y) {}");

        assertThat(cells.run("firstOf(new Point(4, 5))")).isEqualTo(4);
    }

    @Test
    void stackOverflowInABatchIsSurvived() {
        cells.run("int dive(int n) { return dive(n + 1) + 1; }");

        CellError error = cells.error("int depth = 0; int other = 1; depth = dive(0); int never = 1;");

        assertThat(error.name()).isEqualTo("java.lang.StackOverflowError");
        assertThat(error.traceback()).hasSizeLessThan(10);
        assertThat(cells.run("other")).isEqualTo(1);
    }

    @Test
    void declaringAClassAnewTellsWhichVariablesItCosts() {
        cells.warnings.clear();
        cells.run("class Num { int a = 1; }");
        cells.run("var one = new Num(); var all = new ArrayList<Num>(List.of(one)); int untouched = 5;");

        cells.run("class Num { int a = 2; int b; }");

        assertThat(cells.warnings).singleElement().asString().contains("Num was declared anew", "all, one");
        assertThat(cells.run("untouched")).isEqualTo(5);
        cells.run("one = new Num();");
        assertThat(cells.run("one.a")).isEqualTo(2);
    }

    @Test
    void declaringAMethodAnewTellsWhatCannotUseItAnyMore() {
        cells.warnings.clear();
        cells.run("int fib(int n) { return 1; }");
        cells.run("int twice() { return 2 * fib(3); }");

        cells.run("String fib(int n) { return \"one\"; }");

        assertThat(cells.warnings).singleElement().asString().contains("method twice() (cell ", "cannot be used until");
    }

    @Test
    void nullVariablesAreNamedAsTheCellNamesThem() {
        cells.run("String name = null;");

        assertThat(TestEvaluator.plain(cells.error("name.length()")))
                .contains("because \"name\" is null")
                .doesNotContain("JShell");
    }
}
