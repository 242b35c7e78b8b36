package dev.cairn.magics.render;

import dev.cairn.engine.experiment.BaselineExperiments;
import dev.cairn.engine.experiment.ExperimentRange;
import dev.cairn.engine.experiment.ExperimentTable;
import dev.cairn.engine.experiment.RevisionState;
import dev.cairn.engine.experiment.RevisionState.PathSummary;
import dev.cairn.engine.metric.FileValues;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An experiment table in the structure of {@code exp show --json}. */
final class ExperimentJson {
    private final Clock clock;

    ExperimentJson(Clock clock) {
        this.clock = clock;
    }

    List<Map<String, @Nullable Object>> tree(ExperimentTable table) {
        return table.baselines().stream().map(this::baseline).toList();
    }

    private Map<String, @Nullable Object> baseline(BaselineExperiments baseline) {
        Map<String, @Nullable Object> json = revision(baseline.baseline());
        json.put(
                "experiments",
                baseline.experiments().isEmpty()
                        ? null
                        : baseline.experiments().stream().map(this::range).toList());
        return json;
    }

    private Map<String, @Nullable Object> range(ExperimentRange range) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("revs", range.revisions().stream().map(this::revision).toList());
        json.put("executor", executor(range.executor()));
        json.put("name", range.name());
        return json;
    }

    private static @Nullable Map<String, @Nullable Object> executor(ExperimentRange.@Nullable Executor executor) {
        if (executor == null) {
            return null;
        }
        Map<String, @Nullable Object> local = new LinkedHashMap<>();
        local.put("root", executor.root());
        local.put("log", null);
        local.put("pid", executor.pid());
        local.put("returncode", null);
        local.put("task_id", null);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("state", executor.state());
        json.put("name", executor.name());
        json.put("local", local);
        return json;
    }

    private Map<String, @Nullable Object> revision(RevisionState state) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("rev", state.rev());
        json.put("name", state.name());
        json.put("data", state.error() == null ? data(state) : null);
        json.put("error", error(state.error()));
        json.put("experiments", null);
        return json;
    }

    private Map<String, @Nullable Object> data(RevisionState state) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("rev", state.rev());
        json.put("timestamp", state.timestamp() == null ? null : ExperimentText.isoText(state.timestamp(), clock));
        json.put("params", files(state.params()));
        json.put("metrics", files(state.metrics()));
        json.put("deps", paths(state.dependencies(), false));
        json.put("outs", paths(state.outputs(), true));
        json.put("meta", Map.of("has_checkpoints", state.hasCheckpoints()));
        return json;
    }

    static Map<String, Object> files(Map<String, FileValues> files) {
        Map<String, Object> json = new LinkedHashMap<>();
        files.forEach((file, values) -> json.put(file, file(values)));
        return json;
    }

    private static Map<String, @Nullable Object> file(FileValues values) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        if (values.error() == null) {
            json.put("data", values.data());
        } else {
            json.put("error", error(values.error()));
        }
        return json;
    }

    private static @Nullable Map<String, String> error(FileValues.@Nullable FileError error) {
        if (error == null) {
            return null;
        }
        Map<String, String> json = new LinkedHashMap<>();
        json.put("type", error.type());
        json.put("msg", error.message());
        return json;
    }

    private static Map<String, Object> paths(Map<String, PathSummary> paths, boolean areOutputs) {
        Map<String, Object> json = new LinkedHashMap<>();
        paths.forEach((path, summary) -> json.put(path, path(summary, areOutputs)));
        return json;
    }

    private static Map<String, @Nullable Object> path(PathSummary summary, boolean isOutput) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("hash", summary.hash());
        json.put("size", summary.size());
        json.put("nfiles", summary.fileCount());
        if (isOutput) {
            json.put("use_cache", summary.cached());
            json.put("is_data_source", summary.dataSource());
        }
        return json;
    }
}
