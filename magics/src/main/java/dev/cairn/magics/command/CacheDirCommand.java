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

/** {@code cache dir}. */
final class CacheDirCommand extends DvcCommand {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DIR",
            description = "Where the cache is to be; prints where it is when not given.")
    private @Nullable String value;

    @Option(
            names = {"-u", "--unset"},
            description = "Have it in .dvc/cache again.")
    private boolean unset;

    @Mixin
    private LevelOptions levels = new LevelOptions();

    @Override
    @Nullable
    Object run(CommandContext context) {
        Path dvc = context.project().dvcDirectory();
        ConfigEditor editor = new ConfigEditor(dvc, context.environment(), levels.level());
        if (unset) {
            editor.unset("cache", "dir");
            return null;
        }
        if (value != null) {
            editor.set("cache", "dir", editor.storedUrl(value));
            return null;
        }
        Setting setting =
                context.project().config().all().getOrDefault("cache", Map.of()).get("dir");
        if (levels.isGiven() && (setting == null || setting.level() != levels.level())) {
            throw new CommandFailure(
                    ExitCodes.CONFIG,
                    "configuration error - config file error: option 'dir' doesn't exist in section 'cache'",
                    "");
        }
        if (setting == null) {
            return Text.lines(dvc.resolve("cache").toString());
        }
        Path directory = setting.file().toAbsolutePath().getParent();
        return Text.lines(
                directory == null
                        ? setting.value()
                        : directory.resolve(setting.value()).toString());
    }
}
