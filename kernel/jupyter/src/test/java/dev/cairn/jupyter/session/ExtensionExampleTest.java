package dev.cairn.jupyter.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.jupyter.display.MimeBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example in EXTENSIONS.md, as its reader would use it. */
@Timeout(120)
class ExtensionExampleTest {
    private static final Path DOCUMENT = Path.of("EXTENSIONS.md");

    @Test
    void exampleOfTheDocumentWorks(@TempDir Path directory) throws IOException {
        List<String> blocks = codeBlocks(Files.readString(DOCUMENT));
        pack(directory, blocks.get(0), blocks.get(1));
        try (var session = new KernelSession(SessionSettings.ofProcess(directory, Map.of()))) {
            RecordingSink sink = run(session, blocks.get(2));

            assertThat(sink.errors).isEmpty();
            assertThat(sink.results.get(0).data().get("text/html").getAsString())
                    .isEqualTo("<b>20.0 °C</b>");
            assertThat(sink.results.get(0).text()).contains("20.0 °C");
            assertThat(run(session, "new Temperature(3)").results.get(0).text()).contains("3.0 °C");
            assertThat(run(session, "%%mean\n1\n2").results.get(0).text()).contains("1.5 °C");
            assertThat(run(session, "%temperature 1 lukewarm").errors.get(0).name())
                    .isEqualTo("UnknownUnit");
            assertThat(complete(session, "%temperature 20 k")).containsExactly("kelvin");
            assertThat(session.assist().inspect("%temperature", 5, false).flatMap(MimeBundle::text))
                    .hasValueSatisfying(help -> assertThat(help).contains("NUMBER UNIT"));
        }
    }

    private static List<String> codeBlocks(String document) {
        Matcher matcher = Pattern.compile("```\\w*\\n(.*?)```", Pattern.DOTALL).matcher(document);
        return matcher.results().map(match -> match.group(1)).toList();
    }

    private static void pack(Path directory, String source, String service) throws IOException {
        Path file = Files.createDirectories(directory.resolve("example")).resolve("TemperatureExtension.java");
        Files.writeString(file, source);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"), file.toString());
        assertThat(status).isZero();
        try (var jar = new JarOutputStream(Files.newOutputStream(directory.resolve("temperature.jar")));
                var classes = Files.newDirectoryStream(file.getParent(), "*.class")) {
            for (Path compiled : classes) {
                jar.putNextEntry(new JarEntry("example/" + compiled.getFileName()));
                jar.write(Files.readAllBytes(compiled));
            }
            jar.putNextEntry(new JarEntry("META-INF/services/dev.cairn.jupyter.extension.KernelExtension"));
            jar.write(service.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<String> complete(KernelSession session, String code) {
        return session.assist().complete(code, code.length()).matches();
    }

    private static RecordingSink run(KernelSession session, String code) {
        var sink = new RecordingSink();
        session.execute(ExecuteRequest.of(code), sink);
        return sink;
    }
}
