package dev.cairn.engine.metric;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the data of one plot at one revision into points, filling in what the plot does not say: the last field is drawn, against the
 * number of the row. Several fields or files are drawn as one, their values in a field of their own.
 */
final class PlotConverter {
    static final String INDEX = "step";
    static final String INFERRED_Y = "dvc_inferred_y_value";

    private final String plotId;
    private final Map<String, Object> data;
    private final Map<String, @Nullable Object> properties;

    /**
     * @param plotId the plot's id inside its dvc.yaml
     * @param data parsed content by file; files without content are missing
     */
    PlotConverter(String plotId, Map<String, Object> data, Map<String, @Nullable Object> properties) {
        this.plotId = plotId;
        this.data = data;
        this.properties = new LinkedHashMap<>(properties);
    }

    /** @param axes null when there are no points */
    record Converted(List<Plot.Point> points, @Nullable Axes axes) {}

    /** What is drawn against what. */
    record Axes(String x, String y, String xLabel, String yLabel) {}

    private record FileField(@Nullable String file, String field) {}

    Converted convert() {
        inferAxes();
        Map<String, List<Map<String, @Nullable Object>>> rows = new LinkedHashMap<>();
        data.forEach((file, content) -> rows.put(file, rows(content)));
        List<FileField> xs = fields(properties.get("x"), rows);
        List<FileField> ys = fields(properties.get("y"), rows);
        if (xs.size() > 1 && xs.size() != ys.size()) {
            throw new PlotException(
                    "DvcException",
                    "Cannot have different number of x and y data sources. Found %d x and %d y data sources."
                            .formatted(xs.size(), ys.size()));
        }
        FileField firstX = xs.isEmpty() ? new FileField(null, INDEX) : xs.get(0);
        Set<String> yFields = new LinkedHashSet<>();
        Set<String> yFiles = new LinkedHashSet<>();
        ys.forEach(y -> {
            yFields.add(y.field());
            yFiles.add(String.valueOf(y.file()));
        });
        boolean several = yFields.size() > 1;
        int common = yFiles.size() > 1 ? commonDirectoryLength(yFiles) : 0;
        List<Plot.Point> points = new ArrayList<>();
        for (int i = 0; i < ys.size(); i++) {
            FileField x = xs.size() > 1 ? xs.get(i) : firstX;
            FileField y = ys.get(i);
            String file = String.valueOf(y.file());
            List<Plot.Point> own =
                    points(rows, x, new FileField(file, y.field()), several, strip(file.substring(common)));
            if (ys.size() == 1) {
                points = own;
            } else {
                points.addAll(own);
            }
        }
        if (points.isEmpty()) {
            return new Converted(List.of(), null);
        }
        String y = several ? INFERRED_Y : yFields.iterator().next();
        return new Converted(points, new Axes(firstX.field(), y, xLabel(), yLabel()));
    }

    private static List<Plot.Point> points(
            Map<String, List<Map<String, @Nullable Object>>> rows,
            FileField x,
            FileField y,
            boolean several,
            String filename) {
        List<Map<String, @Nullable Object>> own = rows.getOrDefault(String.valueOf(y.file()), List.of());
        List<Map<String, @Nullable Object>> xRows = x.file() == null ? own : rows.getOrDefault(x.file(), List.of());
        if (own.size() != xRows.size()) {
            throw new PlotException(
                    "DvcException",
                    "Cannot join '%s' from '%s' and '%s' from '%s'. They have to have same length."
                            .formatted(x.field(), x.file(), y.field(), y.file()));
        }
        return new Points(own, xRows, x, y, several, filename);
    }

    /** The points of one field, each made of its row when it is asked for. */
    private static final class Points extends AbstractList<Plot.Point> implements RandomAccess {
        private final List<Map<String, @Nullable Object>> rows;
        private final List<Map<String, @Nullable Object>> xRows;
        private final FileField x;
        private final FileField y;
        private final boolean several;
        private final String filename;

        Points(
                List<Map<String, @Nullable Object>> rows,
                List<Map<String, @Nullable Object>> xRows,
                FileField x,
                FileField y,
                boolean several,
                String filename) {
            this.rows = rows;
            this.xRows = xRows;
            this.x = x;
            this.y = y;
            this.several = several;
            this.filename = filename;
        }

        @Override
        public int size() {
            return rows.size();
        }

        @Override
        public Plot.Point get(int index) {
            Map<String, @Nullable Object> row = rows.get(index);
            boolean isPlain = !several && x.file() != null && xRows == rows;
            if (isPlain) {
                return new Plot.Point(row, filename, y.field());
            }
            Map<String, @Nullable Object> values = new LinkedHashMap<>(row);
            if (several && values.containsKey(y.field())) {
                values.put(INFERRED_Y, values.get(y.field()));
            }
            if (x.file() == null) {
                values.put(INDEX, (long) index);
            } else if (xRows != rows && xRows.get(index).containsKey(x.field())) {
                values.put(x.field(), xRows.get(index).get(x.field()));
            }
            return new Plot.Point(values, filename, y.field());
        }
    }

    private void inferAxes() {
        Object y = properties.get("y");
        if (properties.get("x") instanceof String x) {
            Map<String, Object> byFile = new LinkedHashMap<>();
            if (y instanceof Map<?, ?> files) {
                files.forEach((file, fields) -> byFile.put(
                        String.valueOf(file),
                        fields instanceof List<?> list ? java.util.Collections.nCopies(list.size(), x) : x));
            } else {
                byFile.put(plotId, x);
            }
            properties.put("x", byFile);
        }
        if (y == null) {
            inferY();
        } else if (!(y instanceof Map<?, ?>)) {
            properties.put("y", Map.of(plotId, y));
        }
    }

    /** The last field of the first list of records. */
    private void inferY() {
        Object content = data.get(plotId);
        if (content == null) {
            return;
        }
        for (List<?> list : lists(content)) {
            if (!list.isEmpty() && list.stream().allMatch(Map.class::isInstance)) {
                List<?> names = new ArrayList<>(((Map<?, ?>) list.get(0)).keySet());
                if (!names.isEmpty()) {
                    properties.put("y", Map.of(plotId, String.valueOf(names.get(names.size() - 1))));
                }
                return;
            }
        }
    }

    /** Lists at any depth of maps, in order. */
    private static List<List<?>> lists(Object content) {
        List<List<?>> found = new ArrayList<>();
        if (content instanceof List<?> list) {
            found.add(list);
        } else if (content instanceof Map<?, ?> map) {
            for (Object value : map.values()) {
                if (value instanceof Map<?, ?> || value instanceof List<?>) {
                    found.addAll(lists(value));
                }
            }
        }
        return found;
    }

    /** The records of all lists in the content, those of the same index merged. */
    private static List<Map<String, @Nullable Object>> rows(Object content) {
        if (content instanceof SeparatedValues.Table table) {
            return table;
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (List<?> list : lists(content)) {
            if (!areRecords(list)) {
                continue;
            }
            for (int i = 0; i < list.size(); i++) {
                if (rows.size() <= i) {
                    rows.add(new LinkedHashMap<>());
                }
                Map<String, @Nullable Object> row = rows.get(i);
                ((Map<?, ?>) list.get(i)).forEach((name, value) -> row.put(String.valueOf(name), value));
            }
        }
        return rows;
    }

    /** Whether all are maps and the first has every field. */
    private static boolean areRecords(List<?> list) {
        if (list.isEmpty() || !list.stream().allMatch(Map.class::isInstance)) {
            return false;
        }
        Set<?> first = ((Map<?, ?>) list.get(0)).keySet();
        Set<Object> all = new HashSet<>();
        list.forEach(item -> all.addAll(((Map<?, ?>) item).keySet()));
        return first.equals(all);
    }

    private static List<FileField> fields(
            @Nullable Object axis, Map<String, List<Map<String, @Nullable Object>>> rows) {
        List<FileField> fields = fileFields(axis);
        for (FileField field : fields) {
            List<Map<String, @Nullable Object>> records = rows.get(String.valueOf(field.file()));
            if (records == null) {
                continue;
            }
            if (records.isEmpty()) {
                throw new PlotException(
                        "TypeError", "'%s' holds no list of records with the same fields.".formatted(field.file()));
            }
            if (!records.get(0).containsKey(field.field())) {
                throw new PlotException(
                        "FieldNotFoundError",
                        "Could not find provided field ('%s') in data fields ('%s')."
                                .formatted(
                                        field.field(),
                                        String.join(", ", records.get(0).keySet())));
            }
        }
        return fields;
    }

    private static List<FileField> fileFields(@Nullable Object axis) {
        List<FileField> fields = new ArrayList<>();
        if (axis instanceof Map<?, ?> files) {
            files.forEach((file, value) -> {
                if (value instanceof String field) {
                    fields.add(new FileField(String.valueOf(file), field));
                } else if (value instanceof List<?> list) {
                    list.forEach(field -> fields.add(new FileField(String.valueOf(file), String.valueOf(field))));
                }
            });
        }
        return fields;
    }

    private String xLabel() {
        return label("x_label", "x", INDEX);
    }

    private String yLabel() {
        return label("y_label", "y", "");
    }

    private String label(String name, String axis, String none) {
        if (properties.get(name) instanceof String declared) {
            return declared;
        }
        Set<String> fields = new LinkedHashSet<>();
        fileFields(properties.get(axis)).forEach(f -> fields.add(f.field()));
        return fields.isEmpty() ? none : fields.size() == 1 ? fields.iterator().next() : axis;
    }

    /** Length of the longest directory (or file) path that begins every path. */
    private static int commonDirectoryLength(Set<String> paths) {
        List<String> common = new ArrayList<>();
        boolean first = true;
        for (String path : paths) {
            List<String> parts = List.of(path.split("/"));
            if (first) {
                common.addAll(parts);
                first = false;
            }
            int same = 0;
            while (same < Math.min(common.size(), parts.size())
                    && common.get(same).equals(parts.get(same))) {
                same++;
            }
            common = new ArrayList<>(common.subList(0, same));
        }
        return String.join("/", common).length();
    }

    private static String strip(String path) {
        return path.replaceAll("^[/\\\\]+|[/\\\\]+$", "");
    }
}
