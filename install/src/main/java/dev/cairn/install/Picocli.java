package dev.cairn.install;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/** Runs commands made with picocli the way all of {@code cairn}'s programs run. */
final class Picocli {
    private Picocli() {}

    /** Parses, runs, prints what is wrong without a stack trace, and gives the exit status. */
    static int run(CommandLine commandLine, List<String> arguments, Invocation invocation) {
        commandLine.setOut(new PrintWriter(invocation.out(), true, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(invocation.err(), true, StandardCharsets.UTF_8));
        commandLine.setExecutionExceptionHandler((exception, command, parsed) -> {
            if (exception instanceof IllegalArgumentException || exception instanceof UncheckedIOException) {
                return invocation.fail(
                        String.valueOf(exception.getMessage()),
                        "See `" + command.getCommandSpec().qualifiedName() + " --help`.");
            }
            throw exception;
        });
        if (arguments.isEmpty()) {
            commandLine.usage(commandLine.getErr());
            return CommandLine.ExitCode.USAGE;
        }
        return commandLine.execute(arguments.toArray(String[]::new));
    }
}
