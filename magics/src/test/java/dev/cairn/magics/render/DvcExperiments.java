package dev.cairn.magics.render;

import dev.cairn.engine.experiment.BaselineExperiments;
import dev.cairn.engine.experiment.ExperimentRange;
import dev.cairn.engine.experiment.ExperimentTable;
import dev.cairn.engine.experiment.RevisionState;
import dev.cairn.engine.experiment.RevisionState.PathSummary;
import dev.cairn.engine.metric.FileValues;
import dev.cairn.store.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What DVC 2.58.2 printed for one project (two forks, checkpoints, several files of metrics), and the same experiments as a table. Made
 * with {@code dvc exp show --json}, {@code --csv}, {@code --md} and without, with {@code COLUMNS=400 TZ=UTC}, on the day of {@link #CLOCK}.
 */
final class DvcExperiments {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

    private DvcExperiments() {}

    static String golden(String name) {
        try (InputStream in = DvcExperiments.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ExperimentTable table() {
        return table(golden("exp-show.json"));
    }

    static ExperimentTable table(String json) {
        List<BaselineExperiments> baselines = maps(JsonReader.parse(json)).stream()
                .map(b -> new BaselineExperiments(
                        state(b),
                        maps(b.get("experiments")).stream()
                                .map(DvcExperiments::range)
                                .toList()))
                .toList();
        return new ExperimentTable(baselines, List.of());
    }

    private static ExperimentRange range(Map<String, Object> json) {
        return new ExperimentRange(
                (String) json.get("name"),
                maps(json.get("revs")).stream().map(DvcExperiments::state).toList(),
                null);
    }

    private static RevisionState state(Map<String, Object> json) {
        Map<String, Object> data = map(json.get("data"));
        String timestamp = (String) data.get("timestamp");
        return new RevisionState(
                (String) json.get("rev"),
                (String) json.get("name"),
                timestamp == null ? null : LocalDateTime.parse(timestamp).toInstant(ZoneOffset.UTC),
                files(map(data.get("params"))),
                files(map(data.get("metrics"))),
                paths(map(data.get("deps"))),
                paths(map(data.get("outs"))),
                Boolean.TRUE.equals(map(data.get("meta")).get("has_checkpoints")),
                null);
    }

    private static Map<String, FileValues> files(Map<String, Object> json) {
        Map<String, FileValues> files = new LinkedHashMap<>();
        json.forEach(
                (file, values) -> files.put(file, FileValues.of(map(map(values).get("data")))));
        return files;
    }

    private static Map<String, PathSummary> paths(Map<String, Object> json) {
        Map<String, PathSummary> paths = new LinkedHashMap<>();
        json.forEach((path, value) -> {
            Map<String, Object> summary = map(value);
            paths.put(
                    path,
                    new PathSummary(
                            (String) summary.get("hash"),
                            (Long) summary.get("size"),
                            null,
                            Boolean.TRUE.equals(summary.get("use_cache")),
                            Boolean.TRUE.equals(summary.get("is_data_source"))));
        });
        return paths;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object json) {
        return (Map<String, Object>) json;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(Object json) {
        return json == null ? List.of() : (List<Map<String, Object>>) json;
    }
}
