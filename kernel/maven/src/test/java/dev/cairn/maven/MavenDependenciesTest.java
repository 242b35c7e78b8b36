package dev.cairn.maven;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.jupyter.output.CellError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class MavenDependenciesTest {
    @TempDir
    Path directory;

    private TestRepository repository;
    private TestSession session;
    private String maven;

    @BeforeEach
    void startSession() throws IOException {
        repository = new TestRepository(directory.resolve("repository"))
                .artifact("g", "leaf", "1.0")
                .artifact("g", "leaf", "2.0")
                .artifact("g", "near", "1.0", "g:leaf:2.0")
                .artifact("g", "far", "1.0", "g:middle:1.0")
                .artifact("g", "middle", "1.0", "g:leaf:1.0");
        mirrorEverything(repository.directory());
        session = new TestSession(directory);
        maven = "%maven -s settings.xml ";
    }

    @AfterEach
    void endSession() {
        session.close();
    }

    @Test
    void artifactComesWithWhatItNeeds() {
        TestSession.Outcome outcome = session.run(maven + "g:far:1.0");

        assertThat(outcome.errors).isEmpty();
        assertThat(outcome.text())
                .containsSubsequence("Added to the class path:", "g:far:1.0", "g:middle:1.0", "g:leaf:1.0");
        assertThat(text("leaf")).isEqualTo("1.0");
        assertThat(session.result("%classpath")).containsSubsequence("far-1.0", "middle-1.0", "leaf-1.0");
    }

    @Test
    void whatIsFetchedIsShownInPlace() {
        TestSession.Outcome outcome = session.run(maven + "g:far:1.0");

        assertThat(outcome.shown.get(0)).startsWith("Fetching far-1.0.pom from ");
        assertThat(outcome.shown.get(outcome.shown.size() - 1)).startsWith("Added");
        assertThat(Files.exists(directory.resolve("local/g/far/1.0/far-1.0.jar")))
                .isTrue();
    }

    @Test
    void nearestVersionWins() {
        session.run(maven + "g:far:1.0 g:near:1.0");

        assertThat(text("leaf")).isEqualTo("2.0");
    }

    @Test
    void versionOnTheClassPathStays() {
        session.run(maven + "g:leaf:1.0");

        String said = session.run(maven + "g:near:1.0").text();

        assertThat(said).contains("g:near:1.0", "Kept g:leaf:1.0", "2.0 was asked for");
        assertThat(text("leaf")).isEqualTo("1.0");
        assertThat(session.run(maven + "g:leaf:1.0").text()).isEqualTo("Everything is on the class path already.\n");
    }

    @Test
    void newestVersionAndRangesAreFound() {
        session.run(maven + "g:leaf:[1.0,2.0)");
        assertThat(text("leaf")).isEqualTo("1.0");

        repository.artifact("g", "other", "1.0").artifact("g", "other", "3.0");
        session.run(maven + "g:other:LATEST");
        assertThat(text("other")).isEqualTo("3.0");
    }

    @Test
    void sourcesOfWhatIsNamedAreFetchedToo() throws Exception {
        byte[] source = "class Leaf {}".getBytes(StandardCharsets.UTF_8);
        TestRepository.jar(repository.file("g", "leaf", "2.0", "-sources.jar"), Map.of("Leaf.java", source));
        TestRepository.jar(repository.file("g", "near", "1.0", "-sources.jar"), Map.of("Near.java", source));
        repository.artifact("g", "plain", "1.0");

        assertThat(session.run(maven + "g:near:1.0 g:plain:1.0").errors).isEmpty();
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("cairn-sources"))
                .forEach(MavenDependenciesTest::await);

        assertThat(directory.resolve("local/g/near/1.0/near-1.0-sources.jar")).exists();
        assertThat(directory.resolve("local/g/leaf/2.0/leaf-2.0.jar")).exists();
        assertThat(directory.resolve("local/g/leaf/2.0/leaf-2.0-sources.jar")).doesNotExist();
    }

    @Test
    void coordinatesOfWhatIsOnThisMachineAreCompleted() {
        repository.artifact("org.tools", "hammer", "1.9").artifact("org.tools", "hammer", "1.10");
        repository.artifact("org.tools.power", "saw", "3");
        session.run(maven + "g:near:1.0 org.tools:hammer:1.9 org.tools.power:saw:3");
        session.run(maven + "org.tools:hammer:pom:1.10");

        assertThat(session.complete("%maven or")).containsExactly("org.");
        assertThat(session.complete("%maven org.to")).containsExactly("org.tools:", "org.tools.");
        assertThat(session.complete("%maven -q g:ne")).containsExactly("g:near:");
        assertThat(session.complete("%maven org.tools:hammer:"))
                .containsExactly("org.tools:hammer:1.10", "org.tools:hammer:1.9");
        assertThat(session.complete("%maven nowhere:x")).isEmpty();
        assertThat(session.complete("%maven ../../:")).isEmpty();
    }

    @Test
    void classifierIsFound() throws IOException {
        TestRepository.jar(
                repository.file("g", "leaf", "1.0", "-extra.jar"),
                Map.of("extra.txt", "x".getBytes(StandardCharsets.UTF_8)));

        assertThat(session.run(maven + "g:leaf:jar:extra:1.0").text()).contains("g:leaf:jar:extra:1.0");
        assertThat(text("extra")).isEqualTo("x");
    }

    @Test
    void pomInACell() {
        TestSession.Outcome outcome = session.run("%%pom -s settings.xml\n<dependency><groupId>g</groupId>"
                + "<artifactId>far</artifactId><version>1.0</version>\n<exclusions><exclusion><groupId>g</groupId>"
                + "<artifactId>leaf</artifactId></exclusion></exclusions></dependency>\n");

        assertThat(outcome.errors).isEmpty();
        assertThat(outcome.text()).contains("g:far:1.0", "g:middle:1.0").doesNotContain("leaf");
    }

    @Test
    void pomWithItsOwnRepositoryAndPropertiesAndManagedVersions() throws IOException {
        Files.writeString(directory.resolve("settings.xml"), settings(""));
        TestSession.Outcome outcome = session.run("%%pom -s settings.xml\n<project><modelVersion>4.0.0</modelVersion>"
                + "<groupId>a</groupId><artifactId>b</artifactId><version>1</version>\n"
                + "<properties><v>1.0</v></properties><repositories><repository><id>mine</id><url>"
                + repository.directory().toUri() + "</url></repository></repositories>\n"
                + "<dependencyManagement><dependencies>" + TestRepository.dependency("g:leaf:2.0")
                + "</dependencies></dependencyManagement>\n<dependencies>" + TestRepository.dependency("g:far:${v}")
                + "</dependencies></project>");

        assertThat(outcome.errors).isEmpty();
        assertThat(text("leaf")).isEqualTo("2.0");
    }

    @Test
    void brokenPomIsToldOf() {
        CellError error = session.run("%%pom -s settings.xml\n<dependency><groupId>g</dependency>")
                .errors
                .get(0);

        assertThat(error.name()).isEqualTo("InvalidPom");
    }

    @Test
    void listOfVersionsIsUsed() throws IOException {
        repository.pom(
                "g",
                "list",
                "1",
                "<packaging>pom</packaging><dependencyManagement><dependencies>"
                        + TestRepository.dependency("g:leaf:2.0") + "</dependencies></dependencyManagement>");

        session.run(maven + "g:list:1@pom g:leaf");

        assertThat(text("leaf")).isEqualTo("2.0");
    }

    @Test
    void commentsNameDependencies() throws IOException {
        Files.writeString(directory.resolve("settings.xml"), settings(""));
        String cell = "//REPOS mine=" + repository.directory().toUri() + "\n//DEPS g:near:1.0\n" + read("near");
        session.run("%maven -s settings.xml --repository other=repository/ g:leaf:2.0");

        TestSession.Outcome first = session.run(cell);
        TestSession.Outcome second = session.run(cell);

        assertThat(first.errors).isEmpty();
        assertThat(first.results.get(0).text()).contains("1.0");
        assertThat(second.text()).isEmpty();
    }

    @Test
    void missingArtifactIsNamedWithThePlacesLookedAtAndWhoNeedsIt() {
        repository.artifact("g", "broken", "1.0", "g:nowhere:7");

        CellError error = session.run(maven + "g:broken:1.0").errors.get(0);

        assertThat(error.name()).isEqualTo("DependencyError");
        assertThat(error.message())
                .contains("g:nowhere:jar:7", "needed by g:broken:jar:1.0", "everything (file:", "not there");
        assertThat(String.join("\n", error.traceback()))
                .contains("--repository ID=URL")
                .doesNotContain("\tat ");
    }

    @Test
    void offlineOnlyThisMachineIsLookedAt() {
        session.run(maven + "g:near:1.0");

        assertThat(session.run(maven + "-o g:near:1.0").errors).isEmpty();
        CellError error = session.run(maven + "-o g:far:1.0").errors.get(0);
        assertThat(error.message()).contains("g:far").contains("offline");
        assertThat(String.join("\n", error.traceback())).contains("Hint", "without -o");
    }

    @Test
    void repositoryThatCannotBeReachedIsToldOf() throws IOException {
        Files.writeString(
                directory.resolve("settings.xml"),
                settings(
                        "<mirrors><mirror><id>m</id><mirrorOf>*</mirrorOf><url>http://localhost:1/</url></mirror></mirrors>"));

        CellError error = session.run(maven + "g:near:1.0").errors.get(0);

        assertThat(error.message()).contains("g:near", "m (http://localhost:1/)", "refused");
        assertThat(String.join("\n", error.traceback())).contains("proxies");
    }

    @Test
    void wrongWordsAreToldOf() {
        assertThat(session.run("%maven").errors.get(0).name()).isEqualTo("UsageError");
        assertThat(session.run("%maven --nonsense").errors.get(0).message()).contains("--nonsense");
        assertThat(session.run(maven + "one-word").errors.get(0).message()).contains("one-word");
        assertThat(session.run(maven + "g:leaf").errors.get(0).message()).contains("version of g:leaf is missing");
    }

    @Test
    void extensionInAnArtifactIsInstalledAtOnce() throws IOException {
        byte[] extension = TestRepository.compile(
                directory.resolve("work"),
                "Hello",
                "package bundled; import dev.cairn.jupyter.extension.*;\n"
                        + "public class Hello implements KernelExtension {\n"
                        + "  public void install(KernelContext kernel) {"
                        + " kernel.registerLineMagic(\"hello\", call -> \"hello \" + call.arguments()); } }");
        repository.artifact(
                "g",
                "extension",
                "1.0",
                Map.of(
                        "bundled/Hello.class",
                        extension,
                        "META-INF/services/dev.cairn.jupyter.extension.KernelExtension",
                        "bundled.Hello".getBytes(StandardCharsets.UTF_8)));

        assertThat(session.result(maven + "g:extension:1.0\n%hello you")).isEqualTo("hello you");
    }

    private String text(String artifact) {
        return session.result(read(artifact));
    }

    private static String read(String artifact) {
        return "new String(Thread.currentThread().getContextClassLoader().getResourceAsStream(\"" + artifact
                + ".txt\").readAllBytes())";
    }

    private static void await(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void mirrorEverything(Path target) throws IOException {
        Files.writeString(
                directory.resolve("settings.xml"),
                settings("<mirrors><mirror><id>everything</id><mirrorOf>*</mirrorOf><url>" + target.toUri()
                        + "</url></mirror></mirrors>"));
    }

    private String settings(String content) {
        return "<settings><localRepository>" + directory.resolve("local") + "</localRepository>" + content
                + "</settings>";
    }
}
