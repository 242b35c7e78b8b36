package dev.cairn.install;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** An invocation whose input is a text and whose output is kept. */
final class CapturedInvocation {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Invocation invocation;

    private CapturedInvocation(Path directory, Map<String, String> environment, String input) {
        invocation = new Invocation(
                directory,
                environment,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    static CapturedInvocation reading(String input) {
        return new CapturedInvocation(Path.of("").toAbsolutePath(), Map.of(), input);
    }

    static CapturedInvocation in(Path directory, Map<String, String> environment) {
        return new CapturedInvocation(directory, environment, "");
    }

    Invocation invocation() {
        return invocation;
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
