package dev.cairn.magics.command;

import dev.cairn.engine.project.ConfigEditor;
import dev.cairn.engine.project.ProjectConfig.Setting;
import dev.cairn.magics.render.Text;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code config}. */
final class ConfigCommand extends DvcCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "The setting: section.option.")
    private @Nullable String name;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "VALUE",
            description = "The new value; prints the present one when it is not given.")
    private @Nullable String value;

    @Option(
            names = {"-u", "--unset"},
            description = "Remove the setting.")
    private boolean unset;

    @Option(
            names = {"-l", "--list"},
            description = "Print all settings.")
    private boolean list;

    @Option(names = "--show-origin", description = "Say where each setting stands.")
    private boolean showOrigin;

    @Mixin
    private LevelOptions levels = new LevelOptions();

    @Override
    @Nullable
    Object run(CommandContext context) {
        if (list) {
            return Text.exactly(listing(context));
        }
        if (name == null) {
            throw new CommandFailure(ExitCodes.USAGE, "argument -l/--list: is required when no name is given", "");
        }
        int dot = name.lastIndexOf('.');
        if (dot <= 0) {
            throw new CommandFailure(
                    ExitCodes.USAGE, "argument name: name argument should look like section.option", "");
        }
        String section = section(name.substring(0, dot));
        String option = name.substring(dot + 1);
        ConfigEditor editor = new ConfigEditor(context.project().dvcDirectory(), context.environment(), levels.level());
        if (unset) {
            editor.unset(section, option);
            return null;
        }
        if (value != null) {
            editor.set(section, option, value);
            context.project().refresh(context.environment());
            return null;
        }
        Setting setting =
                context.project().config().all().getOrDefault(section, Map.of()).get(option);
        if (setting == null) {
            throw new CommandFailure(
                    ExitCodes.CONFIG,
                    "option '%s' doesn't exist in section '%s'".formatted(option, section),
                    "`config --list` shows what is set.");
        }
        return Text.lines(origin(context, setting) + setting.value());
    }

    /** {@code remote.storage} means the section of that remote. */
    private static String section(String typed) {
        return typed.startsWith("remote.") ? "remote \"" + typed.substring("remote.".length()) + "\"" : typed;
    }

    private String listing(CommandContext context) {
        StringBuilder out = new StringBuilder();
        context.project()
                .config()
                .all()
                .forEach((section, options) -> options.forEach((option, setting) -> out.append(origin(context, setting))
                        .append(section.replace(" \"", ".").replace("\"", ""))
                        .append('.')
                        .append(option)
                        .append('=')
                        .append(setting.value())
                        .append('\n')));
        return out.toString();
    }

    private String origin(CommandContext context, Setting setting) {
        if (!showOrigin) {
            return "";
        }
        Path root = context.project().root();
        Path file = setting.file();
        return (file.startsWith(root) ? root.relativize(file) : file) + "\t";
    }
}
