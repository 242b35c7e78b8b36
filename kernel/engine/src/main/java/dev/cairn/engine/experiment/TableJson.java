package dev.cairn.engine.experiment;

import dev.cairn.engine.metric.RevisionValues;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An {@link ExperimentTable} as DVC's {@code exp show --json} prints it. */
final class TableJson {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

    private final ZoneId zone;
    private final Map<String, Annotation> annotations;

    /** @param annotations stars, tags and notes, by the hash of the commit */
    TableJson(ZoneId zone, Map<String, Annotation> annotations) {
        this.zone = zone;
        this.annotations = annotations;
    }

    List<Object> table(ExperimentTable table) {
        List<Object> json = new ArrayList<>();
        for (BaselineExperiments baseline : table.baselines()) {
            List<Object> ranges = new ArrayList<>();
            baseline.experiments().forEach(range -> ranges.add(range(range)));
            json.add(state(baseline.baseline(), ranges.isEmpty() ? null : ranges));
        }
        return json;
    }

    private Map<String, @Nullable Object> range(ExperimentRange range) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("revs", range.revisions().stream().map(s -> state(s, null)).toList());
        json.put("executor", range.executor() == null ? null : executor(range.executor()));
        json.put("name", range.name());
        return json;
    }

    private static Map<String, @Nullable Object> executor(ExperimentRange.Executor executor) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("state", executor.state());
        json.put("name", executor.name());
        ExperimentRange.Local local = executor.local();
        if (local == null) {
            json.put("local", null);
            return json;
        }
        Map<String, @Nullable Object> process = new LinkedHashMap<>();
        process.put("root", local.root());
        process.put("log", local.log());
        process.put("pid", local.pid());
        process.put("returncode", local.returnCode());
        process.put("task_id", local.taskId());
        json.put("local", process);
        return json;
    }

    private Map<String, @Nullable Object> state(RevisionState state, @Nullable List<Object> experiments) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("rev", state.rev());
        json.put("name", state.name());
        json.put("data", state.isReadable() ? data(state) : null);
        Map<String, Object> error = null;
        if (state.error() != null) {
            error = new LinkedHashMap<>();
            error.put("msg", state.error().message());
            error.put("type", state.error().type());
        }
        json.put("error", error);
        json.put("experiments", experiments);
        Annotation annotation = annotations.get(state.rev());
        if (annotation != null) {
            json.put(
                    "cairn",
                    Map.of(
                            "starred",
                            annotation.starred(),
                            "tags",
                            List.copyOf(annotation.tags()),
                            "notes",
                            annotation.notes()));
        }
        return json;
    }

    private Map<String, @Nullable Object> data(RevisionState state) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("rev", state.rev());
        Instant time = state.timestamp();
        json.put("timestamp", time == null ? null : SECONDS.format(LocalDateTime.ofInstant(time, zone)));
        json.put("params", RevisionValues.filesToJson(state.params()));
        json.put("metrics", RevisionValues.filesToJson(state.metrics()));
        json.put("deps", paths(state.dependencies(), false));
        json.put("outs", paths(state.outputs(), true));
        json.put("meta", Map.of("has_checkpoints", state.hasCheckpoints()));
        return json;
    }

    private static Map<String, Object> paths(Map<String, RevisionState.PathSummary> paths, boolean isOutput) {
        Map<String, Object> json = new LinkedHashMap<>();
        paths.forEach((path, summary) -> {
            Map<String, @Nullable Object> item = new LinkedHashMap<>();
            item.put("hash", summary.hash());
            item.put("size", summary.size());
            item.put("nfiles", summary.fileCount());
            if (isOutput) {
                item.put("use_cache", summary.cached());
                item.put("is_data_source", summary.dataSource());
            }
            json.put(path, item);
        });
        return json;
    }
}
