package dev.cairn.install;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Java to start: its {@code java} program and its version, such as {@code 17.0.15}. */
record JavaRuntime(Path program, String version) {
    private static final Pattern RELEASE_LINE = Pattern.compile("JAVA_VERSION=\"([^\"]+)\"");
    private static final Pattern VERSION_OUTPUT = Pattern.compile("version \"([^\"]+)\"");

    JavaRuntime {
        requireNonNull(program, "program is null");
        requireNonNull(version, "version is null");
    }

    /** The Java whose home directory, or whose {@code java} program, is given. Empty when there is none. */
    static Optional<JavaRuntime> at(Path homeOrProgram) throws InterruptedException {
        Path inHome = homeOrProgram.resolve("bin").resolve("java");
        Path program = Files.isDirectory(homeOrProgram) ? inHome : homeOrProgram;
        if (!Files.isExecutable(program)) {
            return Optional.empty();
        }
        Optional<String> written = releaseVersion(program);
        Optional<String> version = written.isPresent() ? written : askedVersion(program);
        return version.map(found -> new JavaRuntime(program.toAbsolutePath().normalize(), found));
    }

    /** The first number of the version: 17, 21, 25; 1 for Java 8 and older. */
    int feature() {
        return Integer.parseInt(version.split("\\D", 2)[0]);
    }

    private static Optional<String> releaseVersion(Path program) {
        try {
            Path release = program.toRealPath().resolveSibling("../release").normalize();
            if (!Files.isRegularFile(release)) {
                return Optional.empty();
            }
            return firstMatch(RELEASE_LINE, Files.readString(release));
        } catch (IOException e) {
            throw new UncheckedIOException("The release file beside " + program + " could not be read.", e);
        }
    }

    private static Optional<String> askedVersion(Path program) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(List.of(program.toString(), "-version"))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return firstMatch(VERSION_OUTPUT, output);
        } catch (IOException e) {
            throw new UncheckedIOException(program + " could not be started.", e);
        }
    }

    private static Optional<String> firstMatch(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
