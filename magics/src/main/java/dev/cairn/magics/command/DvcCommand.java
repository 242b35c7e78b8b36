package dev.cairn.magics.command;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** One command with its options. Made anew for each use. */
abstract class DvcCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print errors only.")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print more.")
    private boolean[] verbose = {};

    /**
     * Does what the command is for.
     *
     * @return the value to show or print; null when there is nothing to say
     */
    abstract @Nullable Object run(CommandContext context) throws InterruptedException;

    boolean isVerbose() {
        return verbose.length > 0;
    }

    /** Options that DVC has and this command does not take yet. */
    Set<String> notSupportedYet() {
        return Set.of();
    }

    /** Whether the first argument that is no option ends the options, so that the rest is a command of its own. */
    boolean takesCommand() {
        return false;
    }
}
