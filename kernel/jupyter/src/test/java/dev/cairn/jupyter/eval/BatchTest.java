package dev.cairn.jupyter.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.jupyter.output.CellError;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class BatchTest {
    private TestEvaluator cells;

    @BeforeAll
    void start() {
        cells = new TestEvaluator();
    }

    @BeforeEach
    void reset() {
        Probe.reset();
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
                "int a = 1; int b = a + 1; int c = b + 1; c * 10 | 30",
                "int a = 1; int b = a + 1; int c = b + 1; c * 10; | 30",
                "var t = \"x\"; var n = 3; var d = n * 2.5; var l = new ArrayList<String>(); l.add(t); l + \" \" + d | [x] 7.5",
                "int p = 1, q = 2, r[] = {3}; int s; String u; p + q + r[0] + s + u | 6null",
                "int[] v = {1, 2}; int[][] w = {{3}, {4}}; boolean z; v[1] + w[1][0] + \" \" + z | 6 false",
                "int k = 0; for (int i = 0; i < 4; i++) { k += i; } if (k > 5) k *= 2; k | 12",
                "int k = 0; k++; k + 1; k += 5; k | 6",
                "`String m = \"\"\"\n  a\n  b\"\"\"; int h = m.length(); int g = h; h` | 3",
                "List<Integer> o = new ArrayList<>(); o.add(1); o.add(2); o.size() | 2",
                "int e = 1; Runnable f = () -> note(e); int e2 = 2; int e3 = 3; e3 | 3",
                "int x = 5; x = x + 1; int x2 = x; long y = 1; x2 + y | 7",
                "char c1 = 65; byte b1 = 1; float f1 = 1; c1 + \"\" + b1 + f1 | A11.0",
                "`/* a */ int c1 = 1; // one\nint c2 = 2; /* b */\nint c3 = 3; // c\nc1 + c2 + c3 // d` | 6",
                "`switch (3) { case 3 -> note(1); default -> note(2); }\nint s1 = 1; int s2 = 2; NOTES.toString()` | [1]",
            })
    void statementsTogetherMeanWhatTheyMeanOneByOne(String code, String expected) {
        assertThat(String.valueOf(cells.run(code))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "int open = 1 | open | 1",
                "int open = 2 // two | open | 2",
                "`int open = 3;\nvar shut = 4 /* four */` | open + shut | 7",
                "int[] open = {5, 6} | open[1] | 6",
                "import java.util.concurrent.atomic.* | new AtomicInteger(7) | 7",
                "`import java.math.*\n` | BigInteger.TWO | 2",
                "`int twice(int x) { return 2 * x; }\nint open = twice(4)` | open | 8",
                "Runnable open = () -> { } | open == null | false",
                "final int OPEN = 9 | OPEN | 9",
                "int open = 0, shut = 1 | open++ | 0",
                "int open; open = 5 | open | 5",
                "for (;;) break | 1 | 1",
            })
    void lastSemicolonMayBeLeftOut(String code, String question, String expected) {
        cells.run(code);

        assertThat(String.valueOf(cells.run(question))).isEqualTo(expected);
    }

    @Test
    void statementsOfABatchAreMethodsOfOneClass() {
        Object classes = cells.run("Set<String> classes = new HashSet<>();\n"
                + "int dummy = 1;\n"
                + "classes.add(new Throwable().getStackTrace()[0].getClassName());\n"
                + "classes.add(new Throwable().getStackTrace()[0].getClassName());\n"
                + "classes.size()");

        assertThat(classes).isEqualTo(cells.run("1"));
    }

    @Test
    void variablesAreThereInLaterCells() {
        cells.run("int first = 1; var second = \"two\"; List<Integer> third = List.of(3); double unused = 1.5;");

        assertThat(cells.evaluator.variables())
                .containsEntry("first", "int")
                .containsEntry("second", "String")
                .containsEntry("third", "List<Integer>")
                .containsEntry("unused", "double");
        assertThat(cells.run("second.length() + third.get(0) + first")).isEqualTo(7);
        cells.run("first = 10;");
        assertThat(cells.run("int more = 1; int evenMore = 2; int most = first + more; most"))
                .isEqualTo(11);
        assertThat(cells.run("first")).isEqualTo(10);
    }

    @Test
    void variablesAreCompletedBeforeAnyCellNamesThem() {
        cells.run("int completedOne = 1; int completedTwo = 2; String completedText = \"\";");

        assertThat(cells.evaluator.assist().complete("completed", 9).matches())
                .contains("completedOne", "completedTwo", "completedText");
        assertThat(cells.evaluator.assist().complete("completedText.isEm", 18).matches())
                .contains("isEmpty()");
    }

    @Test
    void statementsBeforeAFailingOneHaveTakenEffect() {
        cells.run("int good = 0; int fails = 0; int later = 7;");

        CellError error = cells.error(
                "int good = 1;\nnote(\"a\");\nint early = 2;\n\nint fails = 1 / (good - 1);\nint later = 3;");

        assertThat(error.name()).isEqualTo("java.lang.ArithmeticException");
        assertThat(TestEvaluator.plain(error)).contains("line 5)", "5 | int fails = 1 / (good - 1);");
        assertThat(cells.run("good + early * 10")).isEqualTo(21);
        assertThat(cells.run("fails")).isEqualTo(0);
        assertThat(cells.run("later")).isEqualTo(7);
        assertThat(Probe.NOTES).isEqualTo(List.of("a"));
    }

    @Test
    void statementsBeforeOneThatDoesNotCompileRun() {
        CellError error = cells.error("int fine = 4;\nnote(\"ran\");\nint wrong = \"text\";\nnote(\"not run\");");

        assertThat(error.name()).isEqualTo("CompilationError");
        assertThat(TestEvaluator.plain(error)).contains("line 3", "3 | int wrong = \"text\";");
        assertThat(Probe.NOTES).isEqualTo(List.of("ran"));
        assertThat(cells.run("fine")).isEqualTo(4);
    }

    @Test
    void exceptionInAMethodShowsTheLinesOfBothCells() {
        cells.run(
                "int half(int n) {\n  if (n % 2 == 1)\n    throw new IllegalStateException(\"odd\");\n  return n / 2;\n}");

        CellError error = cells.error("int u = half(2);\nint v = half(4);\nint w = half(5);\nint x = 1;");

        assertThat(TestEvaluator.plain(error))
                .containsSubsequence(
                        "IllegalStateException: odd", "half (cell", "line 3)", "throw new", "(cell", "line 3)")
                .doesNotContain("REPL", "Batch$");
    }

    @Test
    void variableThatALambdaUsesIsTheVariableItself() {
        cells.run("int count = 0; Runnable up = () -> count++; int other = 1; int another = 2;");

        cells.run("up.run(); up.run();");

        assertThat(cells.run("count")).isEqualTo(2);
        cells.run("int tally = 0; int idle = 0; int spare = 0;");
        cells.run("Runnable add = () -> tally += 5;");
        cells.run("add.run();");
        assertThat(cells.run("tally")).isEqualTo(5);
    }

    @Test
    void methodThatWaitsForAVariableGetsIt() {
        cells.run("int waiting() { return awaited + 1; }");

        cells.run("int before = 1; int awaited = 41; int after = 2;");

        assertThat(cells.run("waiting()")).isEqualTo(42);
    }

    @Test
    void methodSeesAVariableThatIsDeclaredAnew() {
        cells.run("int shared = 1;");
        cells.run("int readShared() { return shared; }");

        cells.run("int shared = 2; int pad1 = 0; int pad2 = 0;");
        assertThat(cells.run("readShared()")).isEqualTo(2);

        cells.run("String shared = \"three\"; int pad3 = 0; int pad4 = 0; int pad5 = 0;");
        assertThat(cells.run("shared")).isEqualTo("three");
    }

    @Test
    void cellCanBeRunAgainAndVariablesChangeTheirType() {
        for (int i = 0; i < 3; i++) {
            assertThat(cells.run("int again = 1; int againTwo = again + 1; int againThree = againTwo + 1; againThree"))
                    .isEqualTo(3);
        }
        cells.run("String again = \"s\"; int againTwo = 5; double againThree = 1.5;");
        assertThat(cells.run("again + againTwo + againThree")).isEqualTo("s51.5");
    }

    @Test
    void oldValueIsReadBeforeTheVariableIsDeclaredAnew() {
        cells.run("int turn = 1; int pad6 = 0; int pad7 = 0;");

        assertThat(cells.run("int seenTurn = turn; int pad8 = 0; int pad9 = 0; int turn = 9; seenTurn * 100 + turn"))
                .isEqualTo(109);
    }

    @Test
    void endlessLoopAtTheEndIsStopped() throws InterruptedException {
        CompletableFuture<?> cell = cells.start("int begunAt = 1; begin(); int spins = 0; while (true) { spins++; }");
        Probe.begun.await();

        cells.threads.interrupt();

        assertThat(TestEvaluator.failure(cell)).isInstanceOf(CellInterruptedException.class);
        assertThat(cells.run("begunAt")).isEqualTo(1);
    }

    @Test
    void nothingRunsAfterAnInterruptedStatement() throws InterruptedException {
        CompletableFuture<?> cell = cells.start("int calm = 1; int pad10 = 0;\n"
                + "try { begin(); Thread.sleep(100_000); } catch (InterruptedException e) { calm = 2; }\n"
                + "note(\"went on\"); calm = 3;");
        Probe.begun.await();

        cells.threads.interrupt();

        assertThat(TestEvaluator.failure(cell)).isInstanceOf(CellInterruptedException.class);
        assertThat(Probe.NOTES).isEmpty();
        assertThat(cells.run("calm")).isEqualTo(2);
    }

    @Test
    void batchesAndMethodsMixInOneCell() {
        Object value = cells.run("import java.util.zip.CRC32;\nint one = 1;\nint two = 2;\nint three = 3;\n"
                + "int sum(int... n) { return IntStream.of(n).sum(); }\nrecord Sum(int value) {}\n"
                + "Sum total = new Sum(sum(one, two, three)); int four = 4; int five = 5;\ntotal.value() + four");

        assertThat(value).isEqualTo(10);
    }
}
