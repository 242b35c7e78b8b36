package dev.cairn.magics.command;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.NotARepositoryException;
import dev.cairn.engine.project.Environment;
import dev.cairn.magics.command.CommandCatalog.Entry;
import dev.cairn.magics.render.Nearest;
import dev.cairn.magics.render.Text;
import dev.cairn.store.StoreException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * DVC's command line: {@code exp run -S lr=0.1} as a list of words, for the command, for its session and for magics. Commands are run one
 * at a time.
 */
public final class CommandLineInterface {
    private static final Map<String, String> ALIASES = Map.of("experiments", "exp", "doctor", "version", "mv", "move");

    private static final String PROGRAM = "cairn";

    private final OpenProjects projects;
    private final CommandCatalog catalog = new CommandCatalog();

    /** @param projects kept open from one command to the next; closed by the caller */
    public CommandLineInterface(OpenProjects projects) {
        this.projects = projects;
    }

    /**
     * Runs a command, prints its result and what went wrong, and gives DVC's exit code.
     *
     * @param arguments without the program's name
     */
    public int execute(List<String> arguments, CommandIo io) {
        try {
            Object value = evaluate(arguments, io);
            if (value != null) {
                io.out().print(value instanceof Text text ? text.text() : value + "\n");
            }
            return 0;
        } catch (CommandFailure failure) {
            return fail(io, failure.getMessage(), failure.hint(), failure.exitCode());
        } catch (EngineException e) {
            return fail(io, e.getMessage(), e.hint(), e.exitCode());
        } catch (StoreException e) {
            return fail(io, String.valueOf(e.getMessage()), e.hint().orElse(""), ExitCodes.ERROR);
        } catch (UncheckedIOException e) {
            return fail(io, "unexpected error - " + e.getMessage(), "", ExitCodes.ERROR);
        } catch (InterruptedException e) {
            return fail(io, "interrupted by the user", "", ExitCodes.INTERRUPTED);
        } finally {
            io.out().flush();
            io.err().flush();
        }
    }

    private static int fail(CommandIo io, String message, String hint, int exitCode) {
        io.out().flush();
        if (!message.isEmpty()) {
            io.err().print("ERROR: " + message + "\n");
        }
        if (!hint.isEmpty()) {
            io.err().print("HINT: " + hint + "\n");
        }
        return exitCode;
    }

    /**
     * Runs a command and gives its value: what a notebook shows, or {@link Text}. Null when there is nothing to show.
     *
     * @throws CommandFailure when the arguments are wrong
     * @throws EngineException when the engine cannot go on
     */
    public @Nullable Object evaluate(List<String> arguments, CommandIo io) throws InterruptedException {
        List<String> words = new ArrayList<>(arguments);
        Environment environment = io.environment();
        while (!words.isEmpty() && words.get(0).startsWith("-")) {
            String option = words.remove(0);
            switch (option) {
                case "--cd" -> environment = environment.in(directory(environment, words));
                case "-V", "--version" -> {
                    return Text.lines(VersionCommand.VERSION);
                }
                case "-h", "--help" -> {
                    return Text.lines(help(List.of()));
                }
                case "-q", "--quiet", "-v", "--verbose" -> words.add(option);
                default -> throw usage("unrecognized arguments: " + option, groupUsage(""));
            }
        }
        return dispatch(words, io.in(environment));
    }

    private static Path directory(Environment environment, List<String> words) {
        if (words.isEmpty()) {
            throw usage("argument --cd: expected one argument", "");
        }
        Path directory = environment.workingDirectory().resolve(words.remove(0)).normalize();
        if (!Files.isDirectory(directory)) {
            throw new CommandFailure(ExitCodes.ERROR, "'" + directory + "' is not a directory", "");
        }
        return directory;
    }

    private @Nullable Object dispatch(List<String> words, CommandIo io) throws InterruptedException {
        if (words.isEmpty()) {
            throw usage("the following arguments are required: COMMAND", groupUsage(""));
        }
        Found found = find(words);
        if (found.entry().isGroup()) {
            return Text.lines(groupUsage(found.entry().path()));
        }
        return run(found, io);
    }

    private record Found(Entry entry, List<String> rest) {}

    /** The command that the first words name. What is no command is refused with the nearest name. */
    private Found find(List<String> words) {
        String first = ALIASES.getOrDefault(words.get(0), words.get(0));
        Entry entry = catalog.find(first).orElseThrow(() -> unknown("", first));
        List<String> rest = words.subList(1, words.size());
        if (!entry.isGroup()) {
            return new Found(entry, rest);
        }
        if (rest.isEmpty() || rest.get(0).startsWith("-")) {
            if (rest.contains("-h") || rest.contains("--help")) {
                return new Found(entry, rest);
            }
            if (first.equals("plots")) {
                // DVC refuses `plots` alone. It can only mean one thing.
                return new Found(catalog.find("plots show").orElseThrow(), rest);
            }
            throw usage("the following arguments are required: cmd", groupUsage(first));
        }
        String second = rest.get(0);
        Entry inner = catalog.find(first + " " + second).orElseThrow(() -> unknown(first, second));
        return new Found(inner, rest.subList(1, rest.size()));
    }

    private CommandFailure unknown(String group, String name) {
        String path = (group + " " + name).strip();
        if (CommandCatalog.NOT_SUPPORTED_YET.contains(path)) {
            return new CommandFailure(
                    ExitCodes.ERROR,
                    "'%s' is not supported by Cairn yet.".formatted(path),
                    "Use DVC for it: the files are the same.");
        }
        String list = catalog.names(group).stream().map(n -> "'" + n + "'").collect(Collectors.joining(", "));
        Optional<String> nearest = Nearest.to(name, catalog.names(group));
        return new CommandFailure(
                ExitCodes.USAGE,
                "argument %s: invalid choice: '%s' (choose from %s)"
                        .formatted(group.isEmpty() ? "COMMAND" : "cmd", name, list),
                nearest.map(n -> "Did you mean `%s`?".formatted((group + " " + n).strip()))
                        .orElse(""));
    }

    private @Nullable Object run(Found found, CommandIo io) throws InterruptedException {
        DvcCommand command = Objects.requireNonNull(found.entry().factory()).get();
        CommandLine line = commandLine(found.entry(), command);
        try {
            CommandLine.ParseResult parsed = line.parseArgs(found.rest().toArray(String[]::new));
            if (parsed.isUsageHelpRequested()) {
                return Text.lines(usageText(line, found.entry()));
            }
        } catch (CommandLine.ParameterException e) {
            throw refusal(found, command, line, e);
        }
        CommandIo used = command.quiet ? io.quiet() : io;
        Object value = command.run(CommandContext.ofCommand(used, projects));
        return command.quiet && !io.notebook() ? null : value;
    }

    private static CommandLine commandLine(Entry entry, DvcCommand command) {
        CommandLine line = new CommandLine(command);
        line.setCommandName(PROGRAM + " " + entry.path());
        line.setStopAtPositional(command.takesCommand());
        line.setUnmatchedOptionsArePositionalParams(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOverwrittenOptionsAllowed(true);
        line.setAbbreviatedOptionsAllowed(true);
        line.setExpandAtFiles(false);
        line.setToggleBooleanFlags(false);
        return line;
    }

    private static CommandFailure refusal(
            Found found, DvcCommand command, CommandLine line, CommandLine.ParameterException error) {
        Optional<String> known = found.rest().stream()
                .map(word -> word.contains("=") ? word.substring(0, word.indexOf('=')) : word)
                .filter(command.notSupportedYet()::contains)
                .findFirst();
        if (known.isPresent()) {
            return new CommandFailure(
                    ExitCodes.ERROR,
                    "'%s %s' is not supported by Cairn yet."
                            .formatted(found.entry().path(), known.get()),
                    "Use DVC for it: the files are the same.");
        }
        if (error instanceof CommandLine.UnmatchedArgumentException unmatched) {
            List<String> options = line.getCommandSpec().options().stream()
                    .flatMap(o -> java.util.Arrays.stream(o.names()))
                    .toList();
            String hint = unmatched.getUnmatched().stream()
                    .filter(word -> word.startsWith("--"))
                    .flatMap(word -> Nearest.to(word, options).stream())
                    .findFirst()
                    .map(option -> "Did you mean " + option + "? ")
                    .orElse("");
            return usage(
                    "unrecognized arguments: " + String.join(" ", unmatched.getUnmatched()),
                    hint + "`" + found.entry().path() + " --help` lists what it takes.");
        }
        return usage(
                Objects.requireNonNullElse(error.getMessage(), "wrong arguments"),
                "`" + found.entry().path() + " --help` lists what it takes.");
    }

    private static CommandFailure usage(String message, String hint) {
        return new CommandFailure(ExitCodes.USAGE, message, hint);
    }

    // ---- help and completion

    /** Help for the command that the words name, or for the program; words behind the command are left alone. */
    public String help(List<String> words) {
        List<String> names = words.stream().filter(w -> !w.startsWith("-")).toList();
        if (names.isEmpty()) {
            return groupUsage("");
        }
        String first = names.get(0).equals("experiments") ? "exp" : names.get(0);
        Entry entry = catalog.find(names.size() > 1 ? first + " " + names.get(1) : first)
                .or(() -> catalog.find(first))
                .orElseThrow(() -> unknown("", first));
        if (entry.isGroup()) {
            return groupUsage(entry.path());
        }
        DvcCommand command = Objects.requireNonNull(entry.factory()).get();
        return usageText(commandLine(entry, command), entry);
    }

    private static String usageText(CommandLine line, Entry entry) {
        line.getCommandSpec().usageMessage().description(entry.description()).width(100);
        return line.getUsageMessage(CommandLine.Help.Ansi.OFF);
    }

    private String groupUsage(String group) {
        StringBuilder text =
                new StringBuilder("Usage: " + PROGRAM + (group.isEmpty() ? "" : " " + group) + " COMMAND\n");
        catalog.find(group).ifPresent(entry -> text.append(entry.description()).append('\n'));
        text.append("\nCommands:\n");
        catalog.below(group)
                .forEach(entry -> text.append("  %-12s %s\n"
                        .formatted(entry.path().substring(entry.path().indexOf(' ') + 1), entry.description())));
        text.append("\n`%s%s COMMAND --help` shows what a command takes.\n"
                .formatted(PROGRAM, group.isEmpty() ? "" : " " + group));
        if (group.isEmpty()) {
            text.append("Before the command: --cd DIR works in another directory, --version prints the version.\n");
        }
        return text.toString();
    }

    /** What may stand next after the words: commands, options, and names of stages and experiments. Never fails. */
    public List<String> complete(List<String> words, String unfinished, CommandIo io) {
        List<String> found = new ArrayList<>(candidates(words, unfinished, io));
        found.removeIf(c -> !c.startsWith(unfinished));
        return found.stream().distinct().toList();
    }

    private List<String> candidates(List<String> words, String unfinished, CommandIo io) {
        if (words.isEmpty()) {
            return catalog.names("");
        }
        String first = words.get(0).equals("experiments") ? "exp" : words.get(0);
        Optional<Entry> entry = catalog.find(words.size() > 1 ? first + " " + words.get(1) : first)
                .or(() -> catalog.find(first));
        if (entry.isEmpty()) {
            return List.of();
        }
        if (entry.get().isGroup()) {
            return catalog.names(entry.get().path());
        }
        DvcCommand command = Objects.requireNonNull(entry.get().factory()).get();
        if (unfinished.startsWith("-")) {
            return commandLine(entry.get(), command).getCommandSpec().options().stream()
                    .flatMap(o -> java.util.Arrays.stream(o.names()))
                    .filter(name -> name.startsWith("--") || unfinished.equals("-"))
                    .sorted()
                    .toList();
        }
        try {
            String before = words.get(words.size() - 1);
            return new Completions(CommandContext.looking(io, projects))
                    .after(entry.get().path(), before);
        } catch (NotARepositoryException e) {
            return List.of();
        } catch (EngineException e) {
            // A broken file must not disturb typing; running the command will tell.
            return List.of();
        }
    }
}
