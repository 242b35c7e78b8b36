package dev.cairn.install;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder that Cairn was started from: {@code bin/}, {@code lib/}, {@code kernel/}, and {@code archive/} once made. */
record Distribution(Path home) {
    Distribution {
        requireNonNull(home, "home is null");
    }

    /** The distribution that the jar lies in, as {@code lib/cairn.jar}. */
    static Distribution holding(Path jar) {
        return new Distribution(
                jar.toAbsolutePath().normalize().resolveSibling("..").normalize());
    }

    /** The one jar to put on a class path; it names the others. */
    Path jar() {
        return home.resolve("lib").resolve("cairn.jar");
    }

    /** Where the logos are. */
    Path kernelResources() {
        return home.resolve("kernel");
    }

    /** Where the class archive for that Java is, or would be. */
    Path archiveFor(JavaRuntime java) {
        return home.resolve("archive").resolve("java-" + java.version() + ".jsa");
    }

    /** Options that make the JVM use the class archive, when there is one, and never complain about it. */
    List<String> archiveOptions(JavaRuntime java) {
        Path archive = archiveFor(java);
        if (!Files.isReadable(archive)) {
            return List.of("-Xshare:auto");
        }
        return List.of(
                "-XX:SharedArchiveFile=" + archive,
                "-Xshare:auto",
                "-Xlog:disable",
                "-Xlog:all=warning:stderr",
                "-Xlog:cds*=off:stderr");
    }
}
