package dev.cairn.engine.pipeline;

import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.params.ParameterFile;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.engine.project.RevisionFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What the references of a dvc.yaml, or of one of its stages, can name; and which values out of files they did name. */
final class TemplateContext {
    private final RevisionFiles files;
    private final ContextValue.Fields values;
    private final Map<String, Optional<Set<String>>> loaded;
    private final Set<String> reserved;

    private TemplateContext(
            RevisionFiles files,
            ContextValue.Fields values,
            Map<String, Optional<Set<String>>> loaded,
            Set<String> reserved) {
        this.files = files;
        this.values = values;
        this.loaded = loaded;
        this.reserved = reserved;
    }

    static TemplateContext empty(RevisionFiles files) {
        return new TemplateContext(
                files,
                new ContextValue.Fields(new LinkedHashMap<>(), ContextValue.Origin.NONE),
                new LinkedHashMap<>(),
                Set.of());
    }

    /** A value that cannot be put into the context. The reader adds where. */
    static final class ContextProblem extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String hint;
        private final boolean isOfVars;

        ContextProblem(String message, String hint, boolean isOfVars) {
            super(message, null, false, false);
            this.hint = hint;
            this.isOfVars = isOfVars;
        }

        /**
         * As an error of the file.
         *
         * @param place what could not be resolved, in quotes where DVC quotes it
         */
        InvalidFileException at(String place, String file, String varsPlace) {
            return new InvalidFileException(
                    "failed to parse %s in '%s':%s%s"
                            .formatted(
                                    isOfVars ? varsPlace : place,
                                    file,
                                    isOfVars || isRedefinition() ? "\n" : " ",
                                    getMessage()),
                    hint);
        }

        private boolean isRedefinition() {
            return String.valueOf(getMessage()).startsWith("cannot redefine");
        }
    }

    /** With {@code item} and perhaps {@code key} of an iteration, which the stage's own vars may not define. */
    TemplateContext with(Map<String, ? extends @Nullable Object> iteration) {
        Map<String, ContextValue> more = new LinkedHashMap<>(values.values());
        iteration.forEach(
                (name, value) -> more.put(name, ContextValue.of(value, ContextValue.Origin.NONE.below(name))));
        return new TemplateContext(
                files, new ContextValue.Fields(more, values.origin()), loaded, Set.copyOf(iteration.keySet()));
    }

    /** A context of a stage's own, that its vars can be added to. */
    TemplateContext copy() {
        return new TemplateContext(files, values.copy(), new LinkedHashMap<>(loaded), reserved);
    }

    boolean defines(String name) {
        return values.values().containsKey(name);
    }

    /**
     * Adds the items of a {@code vars} list.
     *
     * @param directory that files are relative to
     * @param stage the stage whose vars they are; empty for those of the file
     */
    void load(@Nullable Object vars, String directory, String stage) {
        if (!(vars instanceof List<?> items)) {
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Map<?, ?> inline) {
                String source = "%s%svars[%d]".formatted(stage, stage.isEmpty() ? "" : ".", i);
                merge(ContextValue.of(inline, new ContextValue.Origin(source, "", false)), "");
            } else {
                loadFile(String.valueOf(items.get(i)), directory);
            }
        }
    }

    /** Adds params.yaml, when there is one. */
    void loadDefault(String directory) {
        if (files.exists(ProjectPath.resolve(directory, ParameterFile.DEFAULT))) {
            loadFile(ParameterFile.DEFAULT, directory);
        }
    }

    private void loadFile(String item, String directory) {
        int colon = item.indexOf(':');
        String path = ProjectPath.resolve(directory, colon < 0 ? item : item.substring(0, colon));
        List<String> keys = colon < 0
                ? List.of()
                : List.of(item.substring(colon + 1).split(",", -1)).stream()
                        .filter(k -> !k.isEmpty())
                        .toList();
        Optional<Set<String>> before = loaded.get(path);
        if (before != null) {
            if (keys.isEmpty() && before.isEmpty()) {
                return;
            }
            requireDisjoint(item, keys, before);
        }
        merge(ContextValue.of(read(path, keys), new ContextValue.Origin(path, "", true)), item);
        if (keys.isEmpty()) {
            loaded.putIfAbsent(path, Optional.empty());
            return;
        }
        Set<String> all = new TreeSet<>(keys);
        if (before != null) {
            before.ifPresent(all::addAll);
        }
        loaded.put(path, Optional.of(all));
    }

    private static void requireDisjoint(String item, List<String> keys, Optional<Set<String>> before) {
        if (before.isEmpty()) {
            throw new ContextProblem(
                    "cannot partially load '%s' as it's already loaded.".formatted(item),
                    "Remove one of the two; a params.yaml beside the dvc.yaml is always loaded.",
                    true);
        }
        if (keys.isEmpty() || keys.stream().anyMatch(before.get()::contains)) {
            throw new ContextProblem(
                    "cannot load '%s' as it's partially loaded already".formatted(item),
                    "Name each key of a file once.",
                    true);
        }
    }

    private Map<String, @Nullable Object> read(String path, List<String> keys) {
        Optional<byte[]> content = files.read(path);
        if (content.isEmpty()) {
            boolean isDirectory = files.exists(path);
            throw new ContextProblem(
                    "'%s' %s".formatted(path, isDirectory ? "is a directory" : "does not exist"),
                    "Create the file, or remove it from vars.",
                    false);
        }
        Object read = ParameterFile.parseAny(path, content.get());
        boolean isEmptyYaml = isFalse(read) && ParameterFile.Format.of(path) == ParameterFile.Format.YAML;
        Object data = isEmptyYaml ? Map.of() : read; // DVC takes a YAML file that holds nothing for an empty map
        if (!(data instanceof Map<?, ?> map)) {
            throw new ContextProblem(
                    "expected a dictionary, got '%s' in file '%s'".formatted(PythonType.name(data), path),
                    "Write `name: value` lines there.",
                    false);
        }
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        for (String key : keys) {
            if (!map.containsKey(key)) {
                throw new ContextProblem(
                        "could not find '%s' in '%s'".formatted(key, path),
                        "Keys are those at the top level of the file.",
                        false);
            }
            out.put(key, map.get(key));
        }
        if (keys.isEmpty()) {
            map.forEach((key, value) -> out.put(String.valueOf(key), value));
        }
        return out;
    }

    /** What Python takes for false. */
    private static boolean isFalse(@Nullable Object value) {
        return value == null
                || value.equals(false)
                || value.equals("")
                || value.equals(0L)
                || value.equals(0.0)
                || value instanceof List<?> list && list.isEmpty();
    }

    private void merge(ContextValue update, String item) {
        if (!(update instanceof ContextValue.Fields fields)) {
            throw new IllegalArgumentException("vars are maps");
        }
        List<String> taken =
                reserved.stream().filter(fields.values()::containsKey).sorted().toList();
        if (!taken.isEmpty()) {
            throw new ContextProblem(
                    "attempted to modify reserved key%s %s%s"
                            .formatted(
                                    taken.size() > 1 ? "s" : "",
                                    String.join(
                                            " and ",
                                            taken.stream()
                                                    .map("'%s'"::formatted)
                                                    .toList()),
                                    item.isEmpty() ? "" : " in '%s'".formatted(item)),
                    "Choose another name: 'item' and 'key' are those of foreach.",
                    false);
        }
        merge(values, fields);
    }

    private static void merge(ContextValue.Fields into, ContextValue.Fields update) {
        update.values().forEach((key, value) -> {
            ContextValue old = into.values().get(key);
            if (old instanceof ContextValue.Fields a && value instanceof ContextValue.Fields b) {
                merge(a, b);
            } else if (old != null) {
                throw new ContextProblem(
                        "cannot redefine '%s' from '%s' as it already exists in '%s'"
                                .formatted(
                                        value.origin().path(),
                                        value.origin().source(),
                                        old.origin().source()),
                        "Remove one of the two.",
                        false);
            } else {
                into.values().put(key, value instanceof ContextValue.Fields fields ? fields.copy() : value);
            }
        });
    }

    /**
     * The value that a reference names.
     *
     * @param expression names with dots and indices in brackets
     * @param used told of values that come out of files: file, path in it, value
     */
    Optional<ContextValue> select(String expression, Used used) {
        ContextValue at = values;
        List<String> keys = new ArrayList<>(
                List.of(expression.replace("[", ".").replace("]", "").split("\\.", -1)));
        for (String key : keys) {
            Optional<ContextValue> next = step(at, key.strip());
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = next.get();
        }
        if (at.origin().isFile() && !(at instanceof ContextValue.Fields)) {
            used.accept(at.origin().source(), Map.entry(at.origin().path(), Optional.ofNullable(at.plain())));
        }
        return Optional.of(at);
    }

    /** Takes note of a value that was used. */
    interface Used extends BiConsumer<String, Map.Entry<String, Optional<Object>>> {}

    private static Optional<ContextValue> step(ContextValue at, String key) {
        if (at instanceof ContextValue.Fields fields) {
            return Optional.ofNullable(fields.values().get(key));
        }
        if (at instanceof ContextValue.Items items && key.matches("[-+]?\\d{1,9}")) {
            // Python counts negative indices from the end.
            int index = Integer.parseInt(key);
            int place = index < 0 ? items.values().size() + index : index;
            return place >= 0 && place < items.values().size()
                    ? Optional.of(items.values().get(place))
                    : Optional.empty();
        }
        return Optional.empty();
    }
}
