package dev.cairn.jupyter.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.jupyter.eval.CodeAssist.Completion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
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

    @Test
    void documentationIsHtmlOfHarmlessTags() {
        String comment = "Gives {@code a < b} or {@link java.util.List#of(Object, Object) a list}, not {@link #b}.\n"
                + "<p onclick=\"x()\">More &lt;here&gt; & <script>alert(1)</script><!-- no --><a href='x'>there</a>.\n"
                + " @param a the {@code value}\n @param <T> its type\n @author somebody\n @return it";

        assertThat(JavadocHtml.of(comment))
                .isEqualTo("Gives <code>a &lt; b</code> or <code>a list</code>, not <code>b</code>.\n"
                        + "<p>More &lt;here&gt; &amp; alert(1)there.\n"
                        + "<dl><dt>Parameters</dt><dd><code>a</code> the <code>value</code></dd>"
                        + "<dd><code>&lt;T&gt;</code> its type</dd><dt>Returns</dt><dd>it</dd></dl>");
        assertThat(JavadocHtml.of("Never closed {@code a")).isEqualTo("Never closed <code>a</code>");
    }

    @Test
    void whatCellsDeclareIsDocumentedFromItsSource() {
        String source = "/** Doubles it. */\nint doubled(int number) {\n    return number * 2;\n}";
        cells.run(source);

        SymbolDoc found = cells.evaluator.assist().document("doubled(3)", 3).get(0);

        assertThat(found.text(false)).isEqualTo("int doubled(int number)\n\nDoubles it.");
        assertThat(found.text(true)).endsWith(source);
        assertThat(found.html(true)).contains("<pre>/** Doubles it. */");
    }

    @Test
    void documentationIsFoundInTheSourcesBesideAJar(@TempDir Path directory) throws Exception {
        Path sources = Files.createDirectories(directory.resolve("sources/library"));
        Path source = Files.writeString(
                sources.resolve("Greeter.java"),
                "package library; public class Greeter { /** Greets {@code name}. */ public static String greet(String name) "
                        + "{ return name; } }");
        Path classes = Files.createDirectory(directory.resolve("classes"));
        int result =
                ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", classes.toString(), source.toString());
        assertThat(result).isZero();
        Path jar = directory.resolve("library-1.0.jar");
        jar(jar, "library/Greeter.class", Files.readAllBytes(classes.resolve("library/Greeter.class")));
        // With its Javadoc where the JDK that runs this has its sources.
        String ofTheJdk = documented("Math.max(");
        cells.evaluator.addToClassPath(List.of(jar));

        assertThat(documented("library.Greeter.greet(")).doesNotContain("Greets");
        // They may come later than the jar.
        jar(directory.resolve("library-1.0-sources.jar"), "library/Greeter.java", Files.readAllBytes(source));
        assertThat(documented("library.Greeter.greet("))
                .isEqualTo("String library.Greeter.greet(String name)\n\nGreets name.");
        assertThat(documented("Math.max(")).isEqualTo(ofTheJdk);
    }

    private String documented(String code) {
        return cells.evaluator.assist().document(code, code.length()).get(0).text(false);
    }

    private static void jar(Path file, String name, byte[] content) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new JarEntry(name));
            out.write(content);
        }
    }

    private Completion complete(String code) {
        return cells.evaluator.assist().complete(code, code.length());
    }
}
