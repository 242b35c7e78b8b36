package dev.cairn.magics.render;

import dev.cairn.engine.experiment.CacheUsage;
import dev.cairn.engine.experiment.ExperimentExplainer.CodeChange;
import dev.cairn.engine.experiment.ExperimentExplainer.DataChange;
import dev.cairn.engine.experiment.ExperimentExplainer.Explanation;
import dev.cairn.engine.experiment.ExperimentVerifier.OutputCheck;
import dev.cairn.engine.experiment.ExperimentVerifier.Verification;
import dev.cairn.engine.metric.ValueDiff;
import dev.cairn.magics.render.Report.Lines;
import dev.cairn.magics.render.Report.Part;
import dev.cairn.magics.render.Report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Cairn's own commands about experiments found, as reports. */
public final class ExperimentReports {
    private static final int LINES_SHOWN = 40;
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

    private ExperimentReports() {}

    /** Why two experiments differ. */
    public static Report explanation(Explanation found) {
        List<Part> parts = new ArrayList<>();
        values("Parameters", "Param", found.params(), parts);
        if (!found.data().isEmpty()) {
            parts.add(new Table(
                    "Data",
                    List.of("Path", found.from(), found.to()),
                    found.data().stream()
                            .map(change -> List.of(change.path(), hash(change.before()), hash(change.after())))
                            .toList()));
        }
        for (CodeChange change : found.code()) {
            List<String> lines = change.lines();
            List<String> shown = new ArrayList<>(lines.subList(0, Math.min(LINES_SHOWN, lines.size())));
            if (lines.size() > LINES_SHOWN) {
                shown.add("… %d lines more".formatted(lines.size() - LINES_SHOWN));
            }
            parts.add(new Lines("Code: " + change.path(), shown));
        }
        values("Metrics", "Metric", found.metrics(), parts);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("params", found.params().toJson());
        data.put(
                "data", found.data().stream().map(ExperimentReports::dataChange).toList());
        data.put(
                "code",
                found.code().stream()
                        .map(change -> Map.of("path", change.path(), "lines", change.lines()))
                        .toList());
        data.put("metrics", found.metrics().toJson());
        int causes = found.params().changes().size()
                + found.data().size()
                + found.code().size();
        String verdict = parts.isEmpty()
                ? "%s and %s do not differ.".formatted(found.from(), found.to())
                : "%s → %s: %d parameters, %d data, %d files of code and %d metrics differ."
                        .formatted(
                                found.from(),
                                found.to(),
                                found.params().changes().size(),
                                found.data().size(),
                                found.code().size(),
                                found.metrics().changes().size());
        boolean isUnexplained = causes == 0 && !found.metrics().changes().isEmpty();
        return new Report(
                isUnexplained ? verdict + " Nothing recorded explains it: chance, or the machine." : verdict,
                parts,
                data);
    }

    private static Map<String, Object> dataChange(DataChange change) {
        return Map.of("path", change.path(), "old", hash(change.before()), "new", hash(change.after()));
    }

    private static void values(String title, String head, ValueDiff diff, List<Part> parts) {
        if (diff.changes().isEmpty()) {
            return;
        }
        DiffText text = new DiffText(DiffReport.ofExperiments(diff, diff, true, 0));
        parts.add(new Table(
                title,
                List.of("Path", head, diff.from(), diff.to(), "Change"),
                diff.changes().stream()
                        .map(change -> List.of(
                                change.file(),
                                change.name(),
                                text.value(change.before()),
                                text.value(change.after()),
                                text.changeText(change)))
                        .toList()));
    }

    private static String hash(@Nullable String hash) {
        return hash == null ? CellText.MISSING : hash;
    }

    /** Whether a replay gave the same. */
    public static Report verification(Verification found) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Table(
                "Outputs",
                List.of("Path", "Recorded", "Replayed", ""),
                found.outputs().stream()
                        .map(check -> List.of(
                                check.path(), hash(check.recorded()), hash(check.replayed()), verdict(check.isSame())))
                        .toList()));
        values("Metrics that differ", "Metric", found.metrics(), parts);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("same", found.isSame());
        data.put(
                "outputs",
                found.outputs().stream().map(ExperimentReports::check).toList());
        data.put("metrics", found.metrics().toJson());
        return new Report(
                found.isSame()
                        ? "✓ '%s' comes out the same: every output and metric.".formatted(found.experiment())
                        : "✗ '%s' comes out differently: %d of %d outputs, %d metrics."
                                .formatted(
                                        found.experiment(),
                                        found.outputs().stream()
                                                .filter(c -> !c.isSame())
                                                .count(),
                                        found.outputs().size(),
                                        found.metrics().changes().size()),
                parts,
                data);
    }

    private static Map<String, Object> check(OutputCheck check) {
        return Map.of(
                "path", check.path(),
                "recorded", hash(check.recorded()),
                "replayed", hash(check.replayed()),
                "same", check.isSame());
    }

    private static String verdict(boolean isSame) {
        return isSame ? "✓ same" : "✗ different";
    }

    /** How much room checkpoints take. */
    public static Report usage(CacheUsage.Report found) {
        List<List<String>> rows = new ArrayList<>();
        List<Object> data = new ArrayList<>();
        for (CacheUsage.Usage usage : found.experiments()) {
            rows.add(row(usage));
            data.add(usage(usage));
        }
        rows.add(row(found.total()));
        return new Report(
                "%d checkpoints: %s of outputs in %s of the cache."
                        .formatted(
                                found.total().checkpoints(),
                                size(found.total().logical()),
                                size(found.total().stored())),
                List.of(new Table(
                        "Experiments", List.of("Experiment", "Checkpoints", "Logical", "Stored", "Its own"), rows)),
                Map.of("experiments", data, "total", usage(found.total())));
    }

    private static List<String> row(CacheUsage.Usage usage) {
        return List.of(
                usage.name(),
                String.valueOf(usage.checkpoints()),
                size(usage.logical()),
                size(usage.stored()),
                size(usage.own()));
    }

    private static Map<String, Object> usage(CacheUsage.Usage usage) {
        return Map.of(
                "name", usage.name(),
                "checkpoints", usage.checkpoints(),
                "logical", usage.logical(),
                "stored", usage.stored(),
                "own", usage.own());
    }

    private static String size(long bytes) {
        double number = bytes;
        int unit = 0;
        while (number >= 1024 && unit < UNITS.size() - 1) {
            number /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", number, UNITS.get(unit));
    }
}
