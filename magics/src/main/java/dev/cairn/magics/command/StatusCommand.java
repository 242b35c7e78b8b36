package dev.cairn.magics.command;

import dev.cairn.engine.data.DataTransfer;
import dev.cairn.engine.data.DataTransfer.RemoteState;
import dev.cairn.engine.data.StatusReader;
import dev.cairn.engine.data.StatusReport;
import dev.cairn.engine.pipeline.TargetSelection;
import dev.cairn.magics.render.StatusRendering;
import dev.cairn.magics.render.Text;
import dev.cairn.store.json.PythonJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code status}. */
final class StatusCommand extends DvcCommand {
    @Mixin
    private SelectionOptions options = new SelectionOptions();

    @Mixin
    private ScopeOptions scope = new ScopeOptions();

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "With --cloud: how many files at a time.")
    private @Nullable Integer jobs;

    @Option(
            names = {"--json", "--show-json"},
            description = "Write JSON.")
    private boolean json;

    @Option(
            names = {"-c", "--cloud"},
            description = "Compare the cache with a remote.")
    private boolean cloud;

    @Option(
            names = {"-r", "--remote"},
            paramLabel = "NAME",
            description = "The remote to compare with; the default one when it is not given.")
    private @Nullable String remote;

    @Override
    Object run(CommandContext context) {
        if (cloud || remote != null) {
            return compareWithRemote(context);
        }
        List<String> meaningless = new ArrayList<>(scope.given());
        if (jobs != null) {
            meaningless.add("--jobs");
        }
        if (!meaningless.isEmpty()) {
            throw new CommandFailure(
                    ExitCodes.DIFFERENT,
                    "The following options are meaningless for local status: " + String.join(", ", meaningless),
                    "");
        }
        StatusReport report = context.orFail("", () -> new StatusReader(context.project()).read(options.selection()));
        context.warn(report.warnings());
        if (quiet && !report.isClean()) {
            throw new CommandFailure(ExitCodes.DIFFERENT, "", "");
        }
        var rendering = new StatusRendering(report);
        return json ? Text.lines(rendering.json()) : context.answer(report, rendering::text);
    }

    private Object compareWithRemote(CommandContext context) {
        DataTransfer transfer =
                new DataTransfer(context.project(), Optional.ofNullable(remote), jobs == null ? 1 : Math.max(1, jobs));
        // As in DVC a directory always means what is declared in it here, even where it is itself tracked.
        TargetSelection selection = new TargetSelection(options.targets, options.withDependencies, true);
        Map<String, RemoteState> states = transfer.compare(scope.of(selection));
        if (quiet && !states.isEmpty()) {
            throw new CommandFailure(ExitCodes.DIFFERENT, "", "");
        }
        Map<String, Object> words = new LinkedHashMap<>();
        states.forEach((path, state) -> words.put(path, state.name().toLowerCase(Locale.ROOT)));
        if (json) {
            return Text.lines(PythonJson.dumps(words));
        }
        if (words.isEmpty()) {
            return Text.lines("Cache and remote '%s' are in sync.".formatted(transfer.remoteName()));
        }
        StringBuilder out = new StringBuilder();
        words.forEach((path, state) -> out.append("\t%-20s%s\n".formatted(state + ":", path)));
        return Text.exactly(out.toString());
    }
}
