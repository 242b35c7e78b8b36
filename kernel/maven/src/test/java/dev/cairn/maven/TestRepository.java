package dev.cairn.maven;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A Maven repository of files, with jars that are made for it. */
final class TestRepository {
    private final Path directory;

    TestRepository(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    /** An artifact whose jar has one text, {@code ARTIFACT.txt}, with its version. */
    TestRepository artifact(String group, String artifact, String version, String... dependencies) {
        return artifact(
                group,
                artifact,
                version,
                Map.of(artifact + ".txt", version.getBytes(StandardCharsets.UTF_8)),
                dependencies);
    }

    TestRepository artifact(
            String group, String artifact, String version, Map<String, byte[]> content, String... dependencies) {
        try {
            String text =
                    Stream.of(dependencies).map(TestRepository::dependency).collect(Collectors.joining());
            pom(group, artifact, version, "<dependencies>" + text + "</dependencies>");
            jar(file(group, artifact, version, ".jar"), content);
            metadata(group, artifact);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestRepository pom(String group, String artifact, String version, String content) throws IOException {
        Path pom = file(group, artifact, version, ".pom");
        Files.createDirectories(pom.getParent());
        Files.writeString(
                pom,
                "<project><modelVersion>4.0.0</modelVersion><groupId>" + group + "</groupId><artifactId>" + artifact
                        + "</artifactId><version>" + version + "</version>" + content + "</project>");
        return this;
    }

    Path file(String group, String artifact, String version, String ending) {
        return directory
                .resolve(group.replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ending);
    }

    static String dependency(String coordinate) {
        String[] parts = coordinate.split(":");
        return "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>"
                .formatted((Object[]) parts);
    }

    static void jar(Path jar, Map<String, byte[]> content) throws IOException {
        Files.createDirectories(jar.getParent());
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, byte[]> entry : content.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
    }

    /** Compiles one class in the package {@code bundled} against this process's class path. */
    static byte[] compile(Path work, String name, String source) throws IOException {
        Path file = work.resolve("bundled").resolve(name + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        work.toString(),
                        file.toString());
        if (status != 0) {
            throw new IllegalStateException("The test's class does not compile");
        }
        return Files.readAllBytes(work.resolve("bundled").resolve(name + ".class"));
    }

    private void metadata(String group, String artifact) throws IOException {
        Path home = directory.resolve(group.replace('.', '/')).resolve(artifact);
        List<String> versions;
        try (var files = Files.list(home)) {
            versions = files.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        }
        String newest = versions.get(versions.size() - 1);
        Files.writeString(
                home.resolve("maven-metadata.xml"),
                "<metadata><groupId>" + group + "</groupId><artifactId>" + artifact
                        + "</artifactId><versioning><latest>"
                        + newest + "</latest><release>" + newest + "</release><versions>"
                        + versions.stream()
                                .map(v -> "<version>" + v + "</version>")
                                .collect(Collectors.joining())
                        + "</versions></versioning></metadata>");
    }
}
