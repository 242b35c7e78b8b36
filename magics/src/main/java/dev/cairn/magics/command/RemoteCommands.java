package dev.cairn.magics.command;

import dev.cairn.engine.project.ConfigEditor;
import dev.cairn.engine.project.ProjectConfig;
import dev.cairn.magics.render.Text;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands of {@code remote}. */
final class RemoteCommands {
    private RemoteCommands() {}

    private static ConfigEditor editor(CommandContext context, LevelOptions levels) {
        return new ConfigEditor(context.project().dvcDirectory(), context.environment(), levels.level());
    }

    private static void mustExist(CommandContext context, String name) {
        if (!context.project().config().remotes().containsKey(name)) {
            throw new CommandFailure(
                    ExitCodes.CONFIG,
                    "configuration error - config file error: remote '%s' doesn't exist.".formatted(name),
                    "`remote list` shows the remotes there are.");
        }
    }

    /** {@code remote add}. */
    static final class Add extends DvcCommand {
        @Parameters(index = "0", paramLabel = "NAME", description = "Name of the remote.")
        private String name = "";

        @Parameters(
                index = "1",
                paramLabel = "URL",
                description = "A directory, or an address such as s3://bucket/path.")
        private String url = "";

        @Option(
                names = {"-d", "--default"},
                description = "Use it when a command names no remote.")
        private boolean isDefault;

        @Option(
                names = {"-f", "--force"},
                description = "Replace the remote of that name.")
        private boolean force;

        @Mixin
        private LevelOptions levels = new LevelOptions();

        @Override
        @Nullable
        Object run(CommandContext context) {
            editor(context, levels).addRemote(name, url, isDefault, force);
            return isDefault ? Text.lines("Setting '" + name + "' as a default remote.") : null;
        }
    }

    /** {@code remote list}. */
    static final class Listing extends DvcCommand {
        @Mixin
        LevelOptions levels = new LevelOptions();

        @Override
        Object run(CommandContext context) {
            return Text.exactly(context.project().config().remotes().entrySet().stream()
                    .map(e -> e.getKey() + "\t" + e.getValue() + "\n")
                    .collect(Collectors.joining()));
        }
    }

    /** {@code remote default}. */
    static final class Default extends DvcCommand {
        @Parameters(
                index = "0",
                arity = "0..1",
                paramLabel = "NAME",
                description = "The remote; prints the present one when it is not given.")
        private @Nullable String name;

        @Option(
                names = {"-u", "--unset"},
                description = "Have no default.")
        private boolean unset;

        @Mixin
        private LevelOptions levels = new LevelOptions();

        @Override
        @Nullable
        Object run(CommandContext context) {
            if (unset) {
                editor(context, levels).unset("core", "remote");
                return null;
            }
            if (name == null) {
                return Text.lines(
                        context.project().config().get("core", "remote").orElse("No default remote set"));
            }
            mustExist(context, name);
            editor(context, levels).set("core", "remote", name);
            return null;
        }
    }

    /** {@code remote modify}. */
    static final class Modify extends DvcCommand {
        @Parameters(index = "0", paramLabel = "NAME", description = "Name of the remote.")
        private String name = "";

        @Parameters(index = "1", paramLabel = "OPTION", description = "Which of its options.")
        private String option = "";

        @Parameters(index = "2", arity = "0..1", paramLabel = "VALUE", description = "The new value.")
        private @Nullable String value;

        @Option(
                names = {"-u", "--unset"},
                description = "Remove the option.")
        private boolean unset;

        @Mixin
        private LevelOptions levels = new LevelOptions();

        @Override
        @Nullable
        Object run(CommandContext context) {
            mustExist(context, name);
            if (unset) {
                editor(context, levels).unset("remote \"" + name + "\"", option);
                return null;
            }
            if (value == null) {
                throw new CommandFailure(ExitCodes.USAGE, "the following arguments are required: value", "");
            }
            editor(context, levels).modifyRemote(name, option, value);
            return null;
        }
    }

    /** {@code remote rename}. */
    static final class Rename extends DvcCommand {
        @Parameters(index = "0", paramLabel = "NAME", description = "Name of the remote.")
        private String name = "";

        @Parameters(index = "1", paramLabel = "NEW", description = "Its new name.")
        private String newName = "";

        @Mixin
        private LevelOptions levels = new LevelOptions();

        @Override
        @Nullable
        Object run(CommandContext context) {
            if (context.project().config().remotes().containsKey(newName)) {
                throw new CommandFailure(
                        ExitCodes.CONFIG,
                        "configuration error - config file error: Rename failed. Remote name '{'%s'}' already exists."
                                .formatted(newName),
                        "");
            }
            editor(context, levels).renameRemote(name, newName);
            for (ProjectConfig.Level over : ProjectConfig.Level.values()) {
                if (over.compareTo(levels.level()) > 0) {
                    new ConfigEditor(context.project().dvcDirectory(), context.environment(), over)
                            .renameDefault(name, newName);
                }
            }
            return null;
        }
    }

    /** {@code remote remove}. */
    static final class Remove extends DvcCommand {
        @Parameters(index = "0", paramLabel = "NAME", description = "Name of the remote.")
        private String name = "";

        @Mixin
        private LevelOptions levels = new LevelOptions();

        @Override
        @Nullable
        Object run(CommandContext context) {
            mustExist(context, name);
            editor(context, levels).removeRemote(name);
            return null;
        }
    }
}
