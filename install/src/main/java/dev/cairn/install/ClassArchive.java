package dev.cairn.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The archive of loaded classes (AppCDS) that a JVM maps in place of reading and checking the jars. It fits one Java and one
 * place of the distribution; a JVM that it does not fit goes without.
 */
final class ClassArchive {
    private static final String TRAINING = "dev.cairn.install.ArchiveTraining";

    private final Distribution distribution;
    private final JavaRuntime java;

    ClassArchive(Distribution distribution, JavaRuntime java) {
        this.distribution = distribution;
        this.java = java;
    }

    /** Makes it unless there is one that is newer than the jars. Says what it does; going without is not a failure. */
    void makeUnlessThere(Invocation invocation) throws InterruptedException {
        if (!isCurrent()) {
            make(invocation);
        }
    }

    /** Makes it, and says on the error stream what happens. Whether it is there now. */
    boolean make(Invocation invocation) throws InterruptedException {
        Path archive = distribution.archiveFor(java);
        Path scratch = null;
        try {
            Files.createDirectories(archive.getParent());
            scratch = Files.createTempDirectory(archive.getParent(), "training");
            invocation.err().println("Making the class archive for Java " + java.version() + " (once, some seconds)");
            Path made = scratch.resolve("classes.jsa");
            Path log = scratch.resolve("log");
            Process training = new ProcessBuilder(command(made, scratch))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!finishes(training) || !Files.isRegularFile(made)) {
                invocation
                        .err()
                        .println("Cairn goes on without a class archive; starts take longer. What its making said:");
                Files.readAllLines(log).stream()
                        .limit(20)
                        .forEach(line -> invocation.err().println("  " + line));
                return false;
            }
            Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            invocation.err().println("Cairn goes on without a class archive; starts take longer: " + e);
            return false;
        } finally {
            if (scratch != null) {
                Trees.delete(scratch);
            }
        }
    }

    private List<String> command(Path archive, Path scratch) {
        List<String> words = new ArrayList<>();
        words.add(java.program().toString());
        words.add("-XX:ArchiveClassesAtExit=" + archive);
        words.add("-Xlog:disable");
        words.add("-Xlog:all=error:stderr");
        words.addAll(KernelJvm.options(java));
        words.addAll(List.of("-cp", distribution.jar().toString(), TRAINING, scratch.toString()));
        return words;
    }

    private static boolean finishes(Process process) throws InterruptedException {
        try {
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                return false;
            }
            return process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
    }

    private boolean isCurrent() {
        Path archive = distribution.archiveFor(java);
        try {
            return Files.isRegularFile(archive)
                    && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(distribution.jar())) >= 0;
        } catch (IOException e) {
            throw new UncheckedIOException(archive + " could not be examined.", e);
        }
    }
}
