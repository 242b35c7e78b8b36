package dev.cairn.install;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/** What a program gets from the process that it runs in: where, with which environment, and its three streams. */
record Invocation(Path directory, Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {
    Invocation {
        requireNonNull(directory, "directory is null");
        environment = Map.copyOf(environment);
        requireNonNull(in, "in is null");
        requireNonNull(out, "out is null");
        requireNonNull(err, "err is null");
    }

    /** Says on the error stream what went wrong and what to do about it, and gives the exit status for that. */
    int fail(String message, String hint) {
        err.println("cairn: " + message);
        err.println("Hint: " + hint);
        return 1;
    }
}
