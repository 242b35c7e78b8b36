package dev.cairn.magics.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Asks for yes or no as DVC does, in a terminal or, through the standard input of a cell, in a front end. The end of the input means no.
 */
public final class ConsoleQuestion implements Predicate<String> {
    private final PrintStream out;
    private final InputStream in;

    /** @param in read at the first question only */
    public ConsoleQuestion(PrintStream out, InputStream in) {
        this.out = out;
        this.in = in;
    }

    @Override
    public boolean test(String question) {
        while (true) {
            out.print(question + " [y/n]: ");
            out.flush();
            String answer = line().map(text -> text.toLowerCase(Locale.ROOT)).orElse("no");
            switch (answer) {
                case "y", "yes" -> {
                    return true;
                }
                case "n", "no" -> {
                    return false;
                }
                default -> out.print("Your response must be one of: ['yes', 'no', 'y', 'n']. Please try again.\n");
            }
        }
    }

    /** One line, and nothing of what follows it; empty at the end. */
    private Optional<String> line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            int next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            for (; next >= 0 && next != '\n'; next = in.read()) {
                line.write(next);
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.DIFFERENT,
                    "the question cannot be answered here: " + e.getMessage(),
                    "Nothing was changed. Add -f to go on without a question.");
        }
        return Optional.of(line.toString(StandardCharsets.UTF_8).strip());
    }
}
