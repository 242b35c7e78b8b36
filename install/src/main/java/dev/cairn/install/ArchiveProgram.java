package dev.cairn.install;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code cairn archive}: makes the class archive for the Java that runs the command. */
final class ArchiveProgram implements Program {
    private final Distribution distribution;

    ArchiveProgram(Distribution distribution) {
        this.distribution = distribution;
    }

    @Override
    public int run(List<String> arguments, Invocation invocation) throws InterruptedException {
        if (!arguments.isEmpty()) {
            return invocation.fail("archive takes no arguments.", "Run `cairn archive` alone.");
        }
        Optional<JavaRuntime> java = JavaRuntime.at(Path.of(System.getProperty("java.home")));
        if (java.isEmpty()) {
            return invocation.fail("the JDK that runs this has no bin/java.", "Set JAVA_HOME to a complete JDK.");
        }
        return new ClassArchive(distribution, java.get()).make(invocation) ? 0 : 1;
    }
}
