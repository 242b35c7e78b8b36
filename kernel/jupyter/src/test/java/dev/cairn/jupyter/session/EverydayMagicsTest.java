package dev.cairn.jupyter.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.jupyter.output.CellError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class EverydayMagicsTest {
    @TempDir
    static Path directory;

    private KernelSession session;

    @BeforeAll
    void startSession() throws Exception {
        directory = directory.toRealPath();
        Map<String, String> environment = Map.of(
                "PATH",
                System.getenv("PATH"),
                "HOME",
                directory.toString(),
                "GREETING",
                "hello",
                "API_TOKEN",
                "s3cret");
        session = new KernelSession(SessionSettings.ofProcess(directory, environment));
    }

    @AfterAll
    void endSession() {
        session.close();
    }

    @Test
    void timeTellsTheTimeAndGivesTheValue() {
        RecordingSink sink = run("%time Math.max(3, 4)");

        assertThat(sink.out()).contains("Time: ", "processor: ");
        assertThat(sink.results.get(0).text()).contains("4");
    }

    @Test
    void bracesOfTimedCodeAreItsOwn() {
        run("int size1 = 2;");

        assertThat(result("%time new int[]{size1, 7}[1]")).isEqualTo("7");
    }

    @Test
    void timeitMeasuresAnExpression() {
        run("var text1 = \"abc\";\nvar measured1 = %timeit -n 20 -r 3 text1.hashCode()");

        assertThat(result(
                        "measured1.loops() + \" \" + measured1.nanosPerLoop().size() + \" \" + (measured1.best() > 0)"))
                .isEqualTo("20 3 true");
        assertThat(result("measured1")).contains("per loop (mean ± std. dev. of 3 runs, 20 loops each), best ");
    }

    @Test
    void timeitMeasuresStatementsWithoutTheirSetup() {
        run("int setUps1 = 0; int turns1 = 0;");

        RecordingSink sink = run("%%timeit -n 5 -r 2 setUps1++;\nfor (int i = 0; i < 2; i++) {\n  turns1++;\n}");

        assertThat(sink.errors).isEmpty();
        assertThat(result("setUps1 + \" \" + turns1")).isEqualTo("2 20");
    }

    @Test
    void timeitFindsOutHowOften() {
        assertThat(result("%timeit -r 1 1 + 1")).contains("of 1 run, ").doesNotContain("1 loop each");
    }

    @Test
    void timeitTellsWhatIsWrongWithTheCode() {
        assertThat(error("%timeit missing1()").message()).contains("missing1").doesNotContain("measure");
        assertThat(error("%timeit Integer.parseInt(\"x\")").name()).endsWith("NumberFormatException");
        assertThat(error("%timeit").name()).isEqualTo("UsageError");
    }

    @Test
    void environmentIsListedReadAndSet() {
        assertThat(result("%env GREETING")).isEqualTo("hello");
        assertThat(result("var all1 = %env\nall1.get(\"GREETING\") + all1.get(\"API_TOKEN\")"))
                .isEqualTo("hello<hidden>");
        assertThat(run("%env NEW_NAME = some value").out()).isEqualTo("env: NEW_NAME=some value\n");
        assertThat(run("!echo $NEW_NAME").out()).isEqualTo("some value\n");
        assertThat(error("%env NOT_THERE").message()).contains("NOT_THERE");
        assertThat(complete("%env GREE")).containsExactly("GREETING");
    }

    @Test
    void directoryIsChangedAndBack() throws Exception {
        Files.createDirectories(directory.resolve("deep/er"));

        assertThat(run("%cd deep/er").out()).isEqualTo(directory.resolve("deep/er") + "\n");
        assertThat(result("%pwd")).isEqualTo(directory.resolve("deep/er").toString());
        assertThat(run("%cd -").out()).isEqualTo(directory + "\n");
        assertThat(run("%cd ~/deep").out()).isEqualTo(directory.resolve("deep") + "\n");
        assertThat(run("%cd").out()).isEqualTo(directory + "\n");
        assertThat(error("%cd nowhere").message()).contains("nowhere");
        assertThat(complete("%cd de")).containsExactly("deep/");
    }

    @Test
    void fileIsWrittenAndLoaded() throws Exception {
        RecordingSink first = run("%%writefile notes.txt\none\ntwo");
        run("%%writefile -a notes.txt\nthree");

        assertThat(first.out()).isEqualTo("Wrote " + directory.resolve("notes.txt") + " (2 lines)\n");
        assertThat(directory.resolve("notes.txt")).hasContent("one\ntwo\nthree\n");
        assertThat(error("%%writefile no/such/file\nx").message()).contains("no/such");
        assertThat(run("%%writefile notes.txt\nover").out()).startsWith("Overwrote ");

        ExecuteReply reply = session.execute(ExecuteRequest.of("%load notes.txt"), new RecordingSink());

        assertThat(reply.nextInput()).isEqualTo(new NextInput("// %load notes.txt\nover\n", true));
        assertThat(session.execute(ExecuteRequest.of("1"), new RecordingSink()).nextInput())
                .isNull();
        assertThat(error("%load nothing.txt").name()).isEqualTo("FileNotFound");
    }

    @Test
    void outputOfACommandIsAList() {
        run("var lines2 = !printf 'a\\nb\\n'; exit 3");

        assertThat(result("lines2.size() + lines2.get(1) + lines2.out().length() + lines2.status()"))
                .isEqualTo("2b33");
        assertThat(result(
                        "for (int i = 0; i < 2; i++) {\n  var x = !echo {i} done\n  last2 = x.out();\n}\nlast2",
                        "String last2;"))
                .isEqualTo("1 done");
    }

    @Test
    void scriptOfBashIsRunByBash() {
        assertThat(run("%%bash\na=(1 2 3)\necho ${#a[@]}").out()).isEqualTo("3\n");
        assertThat(error("%%bash\nexit 2").message()).contains("2");
    }

    @Test
    void variablesAreListed() {
        run("int number3 = 3; String words3 = \"a\\nb\"; var many3 = new ArrayList<>(Collections.nCopies(500, 1));");

        assertThat(run("%who").out()).contains("number3").contains("words3");
        assertThat(run("%who String").out()).contains("words3").doesNotContain("number3");
        assertThat(run("%whos").out())
                .containsPattern("number3 +int +3")
                .containsPattern("words3 +String +a⏎b")
                .containsPattern("many3 +ArrayList<Integer> +n=500");
    }

    @Test
    void historyIsSearched() {
        run("int first4 = 1;");
        run("int second4 = 2;");

        assertThat(run("%history -n 1").out()).contains("int second4 = 2;").doesNotContain("first4");
        assertThat(run("%history -g first*=").out()).contains("int first4 = 1;").doesNotContain("second4");
        assertThat(error("%history -x").name()).isEqualTo("UsageError");
    }

    @ParameterizedTest
    @CsvSource({
        "html, text/html",
        "markdown, text/markdown",
        "javascript, application/javascript",
        "js, application/javascript",
        "svg, image/svg+xml",
        "latex, text/latex",
    })
    void cellIsShownAsItIs(String magic, String type) {
        RecordingSink sink = run("%%" + magic + "\n<b>{x}</b>");

        assertThat(sink.displays.get(0).data().get(type).getAsString()).isEqualTo("<b>{x}</b>");
        assertThat(sink.results).isEmpty();
    }

    @Test
    void outputIsCaptured() {
        RecordingSink sink =
                run("%%capture kept5\nSystem.out.println(\"to out\");\nSystem.err.println(\"to err\");\n6 * 7");

        assertThat(sink.events).isEmpty();
        assertThat(sink.out() + sink.err()).isEmpty();
        assertThat(result("kept5.out() + kept5.err() + kept5.displays().get(0).text().get()"))
                .isEqualTo("to out\nto err\n42");
        assertThat(run("kept5.show()").out()).isEqualTo("to out\n");
        assertThat(run("System.out.println(\"shown\");").out()).isEqualTo("shown\n");
    }

    @Test
    void jarsAreAddedByPattern() throws Exception {
        Files.createDirectories(directory.resolve("jars"));
        for (String name : new String[] {"b", "a"}) {
            new JarOutputStream(Files.newOutputStream(directory.resolve("jars/" + name + ".jar"))).close();
        }

        assertThat(run("%jars jars/*.jar").out())
                .isEqualTo("Added " + directory + "/jars/a.jar\nAdded " + directory + "/jars/b.jar\n");
        assertThat(run("%jars jars/*.jar").out()).isEmpty();
        assertThat(result("%classpath")).contains("a.jar", "b.jar");
        assertThat(error("%jars none/*.jar").name()).isEqualTo("FileNotFound");
    }

    @Test
    void kernelStartsWithoutTheResolverAndTellsWhenItIsMissing() {
        // This module's tests have none on their class path.
        CellError error = error("%maven g:a:1");

        assertThat(error.name()).isEqualTo("NotSupported");
        assertThat(String.join("\n", error.traceback())).contains("lib");
        assertThat(complete("%maven --re")).containsExactly("--repository");
        assertThat(result("%maven?")).contains("//DEPS", "settings.xml");
    }

    @Test
    void everyMagicHasHelp() {
        assertThat(result("%timeit?")).contains("%timeit [-n LOOPS]");
        assertThat(result("%%html?")).contains("text/html");
        assertThat(result("%magic")).contains("%cd -", "%history", "%%capture", "{expression}");
        assertThat(result("%lsmagic")).contains("%who", "%%writefile");
    }

    @Test
    void resetForgetsWhatWasDeclared() {
        try (var own = new KernelSession(SessionSettings.ofProcess(directory, Map.of()))) {
            var sink = new RecordingSink();
            own.execute(ExecuteRequest.of("int a = 1; int f() { return a; } record R() {}"), sink);
            own.execute(ExecuteRequest.of("%reset -f"), sink);
            own.execute(ExecuteRequest.of("%who"), sink);
            own.execute(ExecuteRequest.of("Stream.of(1).count()"), sink);
            assertThat(sink.errors).isEmpty();
            assertThat(sink.out()).isEqualTo("No variables.\n");
            own.execute(ExecuteRequest.of("f()"), sink);
            assertThat(sink.errors).hasSize(1);
        }
    }

    @Test
    void resetAsks() {
        run("int precious6 = 6;");
        var no = new RecordingSink();
        no.inputs.add("n");

        session.execute(new ExecuteRequest("%reset", false, true, true, Map.of()), no);

        assertThat(no.out()).isEqualTo("Nothing was forgotten.\n");
        assertThat(result("precious6")).isEqualTo("6");
        assertThat(error("%reset").message()).contains("nobody to ask");
    }

    private RecordingSink run(String code) {
        var sink = new RecordingSink();
        session.execute(ExecuteRequest.of(code), sink);
        return sink;
    }

    private String result(String code, String... before) {
        for (String earlier : before) {
            run(earlier);
        }
        RecordingSink sink = run(code);
        assertThat(sink.errors).as(code).isEmpty();
        return sink.results.get(0).text().orElseThrow();
    }

    private CellError error(String code) {
        RecordingSink sink = run(code);
        assertThat(sink.errors).as(code).hasSize(1);
        return sink.errors.get(0);
    }

    @Test
    void shellLinesAreCompletedWithProgramsAndFiles() throws IOException {
        Files.createDirectories(directory.resolve("deep"));
        Files.writeString(directory.resolve("data.csv"), "");

        assertThat(complete("!pwdx_no")).isEmpty();
        assertThat(complete("!ech")).contains("echo");
        assertThat(complete("int n = 1;\n!cat dat")).containsExactly("data.csv");
        assertThat(complete("!ls de")).containsExactly("deep/");
        assertThat(complete("!cat data.csv | hea")).contains("head");
        assertThat(complete("var lines = !cat da")).containsExactly("data.csv");
        assertThat(complete("%sh ech")).contains("echo");
        assertThat(complete("%%bash\nif ls dat")).containsExactly("data.csv");
        run("boolean isOpen = true;");
        assertThat(complete("boolean isShut = !isOp")).containsExactly("isOpen");
        assertThat(complete("isOpen != isOp")).containsExactly("isOpen");
    }

    private java.util.List<String> complete(String code) {
        return session.assist().complete(code, code.length()).matches();
    }
}
