package dev.cairn.engine.experiment;

import dev.cairn.engine.params.ParameterEditor;
import dev.cairn.engine.params.ParameterOverride;
import dev.cairn.engine.project.Project;
import dev.cairn.store.file.AtomicFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Overrides of parameters, checked and worked out before any file is written. */
final class ParameterChanges {
    private final Map<String, byte[]> contents = new LinkedHashMap<>();

    /** Works the overrides out; throws when one does not apply, and nothing was changed then. */
    static ParameterChanges of(Project project, List<ParameterOverride> overrides) {
        Map<String, List<ParameterOverride>> byFile = new LinkedHashMap<>();
        overrides.forEach(o -> byFile.computeIfAbsent(project.relativize(o.file()), f -> new ArrayList<>())
                .add(o));
        ParameterChanges changes = new ParameterChanges();
        byFile.forEach((file, list) -> {
            byte[] before = project.workspace().read(file).orElse(new byte[0]);
            byte[] after = ParameterEditor.apply(file, before, list);
            if (!java.util.Arrays.equals(before, after)) {
                changes.contents.put(file, after);
            }
        });
        return changes;
    }

    /** Writes the files that change. */
    void write(Project project) {
        contents.forEach((file, content) -> AtomicFiles.write(project.resolve(file), content));
    }

    /** The files that change and their new content, relative to the project's root. */
    Map<String, byte[]> contents() {
        return java.util.Collections.unmodifiableMap(contents);
    }
}
