package dev.cairn.magics.command;

import dev.cairn.engine.project.Environment;
import dev.cairn.engine.reproduce.RunListener;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a command gets from the program that it runs in.
 *
 * @param out where results and progress are printed
 * @param err where errors and warnings are printed
 * @param environment working directory, environment variables, clock
 * @param stageEnvironment added to the environment of every stage's command
 * @param sharesStreams whether stages may use the process's own standard streams, as in a terminal
 * @param notebook whether values go to a notebook: then commands return them and print messages only
 * @param listener hears of a run; in a terminal see {@link ConsoleListener}
 * @param consent asks the user a question to be answered with yes or no; false where nobody can answer
 */
public record CommandIo(
        PrintStream out,
        PrintStream err,
        Environment environment,
        Map<String, String> stageEnvironment,
        boolean sharesStreams,
        boolean notebook,
        RunListener listener,
        Predicate<String> consent) {
    public CommandIo {
        stageEnvironment = Map.copyOf(stageEnvironment);
    }

    /** A terminal, a script or a pipe. */
    public static CommandIo terminal(
            PrintStream out,
            PrintStream err,
            Environment environment,
            Map<String, String> stageEnvironment,
            boolean sharesStreams) {
        return new CommandIo(
                out,
                err,
                environment,
                stageEnvironment,
                sharesStreams,
                false,
                new ConsoleListener(out, err),
                sharesStreams ? new ConsoleQuestion(out, System.in) : question -> false);
    }

    CommandIo in(Environment changed) {
        return new CommandIo(out, err, changed, stageEnvironment, sharesStreams, notebook, listener, consent);
    }

    CommandIo quiet() {
        RunListener silent = notebook ? listener : new ConsoleListener(PrintStreams.NOWHERE, err);
        return new CommandIo(
                PrintStreams.NOWHERE, err, environment, stageEnvironment, sharesStreams, notebook, silent, consent);
    }
}
