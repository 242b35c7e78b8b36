package dev.cairn.jupyter.session;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.jupyter.display.MimeBundle;
import dev.cairn.jupyter.eval.CodeAssist.CodeState;
import dev.cairn.jupyter.output.CellError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class KernelSessionTest {
    @TempDir
    static Path directory;

    private KernelSession session;

    @BeforeAll
    void startSession() {
        Map<String, String> environment = Map.of("PATH", System.getenv("PATH"), "GREETING", "hello");
        session = new KernelSession(SessionSettings.ofProcess(directory, environment));
    }

    @AfterAll
    void endSession() {
        session.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 + 1 | 2",
                "1 + 1; | 2",
                "int a0 = 3; int b0 = 4; a0 * b0 | 12",
                "`int f0(int n) { return g0(n) + 1; }\nint g0(int n) { return n * 2; }\nf0(3)` | 7",
                "`record Point(int x, int y) {}\nnew Point(1, 2)` | Point[x=1, y=2]",
                "`sealed interface Shape permits Circle {}\nrecord Circle() implements Shape {}\nnew Circle() instanceof Shape` | true",
                "Stream.of(1, 2).map(n -> n + 1).toList() | [2, 3]",
                "Path.of(\"a\").resolve(\"b\").toString() | a/b",
                "`Function<Integer, Integer> twice = n -> n * 2;\ntwice.apply(4)` | 8",
                "new int[][] {{1, 2}, {3}} | [[1, 2], [3]]",
                "`class Node<T extends Comparable<T>> { T value; Node(T value) { this.value = value; } T max(T other) { return value.compareTo(other) > 0 ? value : other; } }\nnew Node<>(3).max(5)` | 5",
                "`enum Level { LOW, HIGH; Level next() { return values()[(ordinal() + 1) % 2]; } }\nLevel.LOW.next()` | HIGH",
                "`<T> T firstOf(List<? extends T> list) { return list.get(0); }\nfirstOf(List.of(7, 8))` | 7",
                "`interface Greeter { String greet(String name); default String hi() { return greet(\"x\"); } }\nGreeter greeter = name -> \"hi \" + name;\ngreeter.hi()` | hi x",
                "`int even0(int n) { return n == 0 ? 1 : odd0(n - 1); }\nint odd0(int n) { return n == 0 ? 0 : even0(n - 1); }\neven0(4)` | 1",
                "`int base = 2;\nint scaled(int n) { return n * base; }\nbase = 5;\nscaled(2)` | 10",
                "`Object o0 = 42;\no0 instanceof Integer i && i > 40 ? \"big\" : \"small\"` | big",
                "`int day = 3;\nswitch (day) { case 1, 7 -> \"off\"; default -> { yield \"work\"; } }` | work",
                "IntStream.rangeClosed(1, 4).boxed().collect(Collectors.groupingBy(n -> n % 2)) | {0=[2, 4], 1=[1, 3]}",
                "`@FunctionalInterface interface Op { int of(int a, int b); }\nMap<String, Op> ops = new TreeMap<>(Map.of(\"+\", (a, b) -> a + b));\nops.get(\"+\").of(1, 2)` | 3",
                "`var sum0 = 0;\nfor (var n : List.of(1, 2, 3)) sum0 += n;\nsum0` | 6",
                "`int label0 = 0;\nouter:\nfor (int i = 0; i < 3; i++) { for (int j = 0; j < 3; j++) { if (j == 1) continue outer; label0++; } }\nlabel0` | 3",
                "`int m0 = 17\n  % 5;\nm0` | 2",
                "`var t0 = \"\"\"\n%lsmagic\n!ls\"\"\";\nt0.length()` | 12",
            })
    void lastExpressionIsTheResult(String code, String expected) {
        assertThat(result(code)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"int quiet = 1;", "null", "System.gc()", "quietToo = 3", "import java.util.zip.*;", "", "// c"})
    void declarationsAssignmentsAndNullHaveNoResult(String code) {
        run("int quietToo;");

        RecordingSink sink = run(code);

        assertThat(sink.events).isEmpty();
    }

    @Test
    void valuesOfExpressionsLeaveNoVariableBehind() {
        run("\"a value\"");

        assertThat(session.assist().complete("$", 1).matches()).isEmpty();
        assertThat(error("$1").name()).isEqualTo("CompilationError");
    }

    @Test
    void compileErrorShowsLineOfTheCellAndCaret() {
        CellError error = error("int fine = 1;\n\n// comment\nint broken = \"text\";");

        assertThat(error.name()).isEqualTo("CompilationError");
        assertThat(plain(error))
                .containsSubsequence("line 4", "4 | int broken = \"text\";", "^^^^^^", "incompatible types");
        assertThat(result("fine")).isEqualTo("1");
    }

    @Test
    void syntaxErrorKeepsTheCellFromRunningAtAll() {
        RecordingSink sink = run("System.out.println(\"ran\");\nint = ;");

        assertThat(sink.errors).hasSize(1);
        assertThat(sink.out()).isEmpty();
    }

    @Test
    void exceptionIsToldInTermsOfTheCell() {
        run(
                "class Spoiled extends RuntimeException { Spoiled(String m, Throwable c) { super(m, c); } }\n"
                        + "void spoil(int n) {\n  if (n > 1)\n    throw new Spoiled(\"too many\", new IOException(\"inner\"));\n}");

        CellError error = error("int calls = 0;\n\nspoil(2);");

        assertThat(error.name()).isEqualTo("Spoiled");
        assertThat(error.message()).isEqualTo("too many");
        assertThat(plain(error))
                .containsSubsequence(
                        "Spoiled: too many",
                        "spoil (cell",
                        "line 4)",
                        "throw new Spoiled(",
                        "line 3)",
                        "Caused by: java.io.IOException: inner")
                .doesNotContain("REPL", "jdk.internal.reflect", "dev.cairn");
    }

    @Test
    void methodThatNeedsWhatIsNotThereYetIsAcceptedWithAWarning() {
        RecordingSink sink = run("int later() { return missingYet; }");

        assertThat(sink.errors).isEmpty();
        assertThat(sink.err()).contains("later()").contains("missingYet");
        assertThat(error("later()").message()).contains("missingYet");
        run("int missingYet = 5;");
        assertThat(result("later()")).isEqualTo("5");
    }

    @Test
    void exitEndsTheCellOnly() {
        CellError error = error("System.exit(3);");

        assertThat(error.name()).isEqualTo("SystemExit");
        assertThat(error.message()).contains("System.exit(3)").contains("keeps running");
        assertThat(result("1 + 2")).isEqualTo("3");
    }

    @Test
    void stackOverflowIsSurvived() {
        CellError error = error("int deep(int n) { return deep(n + 1) + 1; }\ndeep(0)");

        assertThat(error.name()).isEqualTo("java.lang.StackOverflowError");
        assertThat(error.traceback()).hasSizeLessThan(10);
        assertThat(result("1 + 2")).isEqualTo("3");
    }

    @Test
    void outOfMemoryIsSurvived() {
        CellError error = error("new long[Integer.MAX_VALUE - 2][100]");

        assertThat(error.name()).isEqualTo("java.lang.OutOfMemoryError");
        assertThat(result("1 + 2")).isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Thread.sleep(60_000);",
                "while (true) {}",
                "while (true) { try { Thread.sleep(10); } catch (InterruptedException e) {} }",
                "new LinkedBlockingQueue<String>().take()",
                "while (true) System.out.println(\"spam\");",
                "for (int i = 0; true; i++) { \n%sh true\n}",
            })
    void interruptEndsTheCellAndKeepsState(String endless) throws InterruptedException {
        run("int kept = 42;");
        var sink = new RecordingSink();
        var cell = new Thread(() -> session.execute(ExecuteRequest.of("System.out.print('.');\n" + endless), sink));
        cell.start();
        assertThat(sink.firstOutput.await(30, SECONDS)).isTrue();

        session.interrupt();
        cell.join();

        assertThat(sink.errors).extracting(CellError::name).containsExactly("Interrupted");
        assertThat(result("kept")).isEqualTo("42");
    }

    @Test
    void interruptEndsAShellCommand() throws InterruptedException {
        var sink = new RecordingSink();
        var cell = new Thread(() -> session.execute(ExecuteRequest.of("!echo started; sleep 60"), sink));
        cell.start();
        assertThat(sink.firstOutput.await(30, SECONDS)).isTrue();

        session.interrupt();
        cell.join();

        assertThat(sink.errors).extracting(CellError::name).containsExactly("Interrupted");
    }

    @Test
    void floodOfOutputIsCompleteAndInFewPieces() {
        RecordingSink sink = run("for (int i = 0; i < 100_000; i++) System.out.println(\"line \" + i);");

        assertThat(sink.out().lines()).hasSize(100_000);
        assertThat(sink.out()).endsWith("line 99999\n");
        assertThat(sink.streamCalls).isLessThan(2_000);
    }

    @Test
    void bothStreamsAreShown() {
        RecordingSink sink = run("System.out.print(\"é€😀\"); System.err.print(\"oh\");");

        assertThat(sink.out()).isEqualTo("é€😀");
        assertThat(sink.err()).isEqualTo("oh");
    }

    @Test
    void outputOfAThreadGoesToTheCellThatStartedIt() {
        RecordingSink first = run("var gate = new CountDownLatch(1);\nvar worker = new Thread(() -> {\n"
                + "try { gate.await(); } catch (InterruptedException e) {}\nSystem.out.print(\"late\"); });\n"
                + "worker.start();");

        RecordingSink second = run("gate.countDown(); worker.join(); Thread.sleep(100);");

        assertThat(first.out()).isEqualTo("late");
        assertThat(second.out()).isEmpty();
    }

    @Test
    void inputIsAskedFor() {
        var sink = new RecordingSink();
        sink.inputs.add("première ligne");

        session.execute(new ExecuteRequest("new Scanner(System.in).nextLine()", false, true, true, Map.of()), sink);

        assertThat(sink.results.get(0).text()).contains("première ligne");
    }

    @Test
    void inputIsRefusedWhereNobodyCanBeAsked() {
        assertThat(error("System.in.read()").message()).contains("cannot be asked for input");
    }

    @Test
    void displaysCanBeUpdated() {
        RecordingSink sink =
                run("var shown = display(\"one\"); shown.update(\"two\"); display(\"<b>x</b>\", \"text/html\");");

        assertThat(sink.events).containsExactly("display", "update", "display");
        assertThat(sink.updates.get(0).displayId())
                .isEqualTo(sink.displays.get(0).displayId());
        assertThat(sink.displays.get(1).data().get("text/html").getAsString()).isEqualTo("<b>x</b>");
    }

    @Test
    void imagesAreShownAsPng() {
        RecordingSink sink = run("new java.awt.image.BufferedImage(2, 3, java.awt.image.BufferedImage.TYPE_INT_RGB)");

        assertThat(sink.results.get(0).data().get("image/png").getAsString()).startsWith("iVBOR");
    }

    @Test
    void hugeValuesAreCut() {
        assertThat(result("IntStream.range(0, 300_000).boxed().toList()"))
                .hasSizeLessThan(110_000)
                .contains("300000 elements");
        assertThat(result("new int[1_000_000]")).contains("1000000 elements");
    }

    @Test
    void silentCellsShowNothingAndDoNotCount() {
        int next = session.nextExecutionCount();
        var sink = new RecordingSink();

        session.execute(new ExecuteRequest("System.out.println(1); 2", true, true, false, Map.of()), sink);

        assertThat(sink.events).isEmpty();
        assertThat(sink.out()).isEmpty();
        assertThat(session.nextExecutionCount()).isEqualTo(next);
    }

    @Test
    void userExpressionsAreAnswered() {
        Map<String, String> expressions = Map.of("good", "20 + 3", "bad", "nowhere");

        ExecuteReply reply = session.execute(
                new ExecuteRequest("int unused0 = 1;", false, true, false, expressions), new RecordingSink());

        assertThat(reply.userExpressions().get("good"))
                .isInstanceOfSatisfying(
                        ExecuteReply.Answer.Value.class,
                        value -> assertThat(value.bundle().text()).contains("23"));
        assertThat(reply.userExpressions().get("bad")).isInstanceOf(ExecuteReply.Answer.Failed.class);
    }

    @Test
    void valueOfAMagicKeepsItsType() {
        assertThat(result("var words = %sh echo one; echo two\nwords.get(1).length()"))
                .isEqualTo("3");
    }

    @Test
    void expressionsAreFilledIntoMagics() {
        run("int seed = 7;");

        assertThat(run("!echo {seed + 1} {{x}} ${GREETING} {undeclared}").out())
                .isEqualTo("8 {x} hello {undeclared}\n");
        assertThat(run("for (int i = 0; i < 2; i++) {\n  !echo {i}\n}").out()).isEqualTo("0\n1\n");
    }

    @Test
    void failedShellCommandTellsItsStatus() {
        RecordingSink sink = run("!exit 3");

        assertThat(sink.err()).isEqualTo("exit status 3\n");
        assertThat(sink.errors).isEmpty();
        assertThat(error("%%sh\nexit 4").message()).contains("exit status 4");
    }

    @Test
    void mistypedMagicGetsASuggestion() {
        CellError error = error("%lsmagci");

        assertThat(error.name()).isEqualTo("UnknownMagic");
        assertThat(plain(error)).contains("Did you mean %lsmagic?");
    }

    @Test
    void cellMagicRunsItsBodyWithTheLinesOfTheCell() {
        RecordingSink sink = run("%%time\nint timed = 3;\ntimed + 1");

        assertThat(sink.out()).contains("Time: ");
        assertThat(sink.results.get(0).text()).contains("4");
        assertThat(plain(error("%%time\n\nint x9 = \"\";"))).contains("line 3");
    }

    @Test
    void extensionsAddMagicsRenderersAndImports() {
        assertThat(result("%greet \"big world\"")).isEqualTo("hello big world");
        assertThat(result("new CRC32().getValue()")).isEqualTo("0");
        assertThat(run("new dev.cairn.jupyter.TestExtension.Card(\"A&B\")")
                        .results
                        .get(0)
                        .data()
                        .get("text/html")
                        .getAsString())
                .isEqualTo("<i>A&B</i>");
        assertThat(error("%refuse").name()).isEqualTo("Refused");
        assertThat(plain(error("%refuse")))
                .containsSubsequence("Refused: not today", "Hint: tomorrow")
                .doesNotContain("at ");
        assertThat(plain(error("for (;;) {\n  %refuse\n}"))).contains("Refused: not today");
    }

    @Test
    void classPathGrows() throws Exception {
        Path classes = Files.createDirectories(directory.resolve("lib"));
        Path source = Files.writeString(
                directory.resolve("Extra.java"), "package extra; public class Extra { public static int N = 9; }");
        javax.tools.ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", classes.toString(), source.toString());

        assertThat(result("%classpath lib\nextra.Extra.N")).isEqualTo("9");
    }

    @Test
    void completionKnowsMembersEarlierStatementsAndMagics() {
        assertThat(complete("\"abc\".toUpp")).contains("toUpperCase(");
        assertThat(complete("var words3 = new ArrayList<String>();\nwords3.isEm"))
                .contains("isEmpty()");
        assertThat(complete("%lsm")).containsExactly("%lsmagic");
        assertThat(complete("%greet wo")).containsExactly("world");
        assertThat(complete("var x = %greet wo")).containsExactly("world");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "int x = 1; | COMPLETE",
                "x + 1 | COMPLETE",
                "for (;;) { | INCOMPLETE",
                "foo( | INCOMPLETE",
                "1 + | INCOMPLETE",
                "x ) | INVALID",
                "%lsmagic | COMPLETE",
                "%dvc exp run \\ | INCOMPLETE",
                "%%sh | INCOMPLETE",
            })
    void completenessIsKnown(String code, CodeState expected) {
        assertThat(session.assist().state(code)).isEqualTo(expected);
    }

    @Test
    void inspectionShowsSignaturesAndHelp() {
        assertThat(inspected("Math.max(1, 2)", 7, "text/plain")).contains("int Math.max(int a, int b)");
        assertThat(inspected("Math.max(1, 2)", 7, "text/html"))
                .startsWith("<pre>")
                .contains("Math.max(int a, int b)</pre>");
        assertThat(inspected("%greet x", 3, "text/plain")).contains("%greet NAME greets.");
        assertThat(session.assist().inspect("noSuchName", 3, false)).isEmpty();
    }

    private String inspected(String code, int cursor, String mimeType) {
        MimeBundle found = session.assist().inspect(code, cursor, false).orElseThrow();
        return found.data().get(mimeType).getAsString();
    }

    @Test
    void extensionSeesTheCellsThatRan() {
        run("int seen = 1;");

        assertThat(result("%cells")).contains("int seen = 1;").contains("%cells");
    }

    @Test
    void exceptionOfAMagicIsShownWithItsStack() {
        assertThat(plain(error("%broken")))
                .contains("java.lang.IllegalStateException: defect")
                .contains("TestExtension");
    }

    private RecordingSink run(String code) {
        var sink = new RecordingSink();
        session.execute(ExecuteRequest.of(code), sink);
        return sink;
    }

    private String result(String code) {
        RecordingSink sink = run(code);
        assertThat(sink.errors).as(sink.errors.toString()).isEmpty();
        return sink.results.get(0).text().orElseThrow();
    }

    private CellError error(String code) {
        RecordingSink sink = run(code);
        assertThat(sink.errors).hasSize(1);
        return sink.errors.get(0);
    }

    private List<String> complete(String code) {
        return session.assist().complete(code, code.length()).matches();
    }

    private static String plain(CellError error) {
        return String.join("\n", error.traceback()).replaceAll("\u001b\\[[0-9;]*m", "");
    }
}
