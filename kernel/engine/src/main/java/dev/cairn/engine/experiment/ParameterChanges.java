package dev.cairn.engine.experiment;

import dev.cairn.engine.hydra.HydraConfiguration;
import dev.cairn.engine.params.ParameterEditor;
import dev.cairn.engine.params.ParameterFile;
import dev.cairn.engine.params.ParameterOverride;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectConfig;
import dev.cairn.engine.project.RevisionFiles;
import dev.cairn.engine.yaml.YamlWriter;
import dev.cairn.store.file.AtomicFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Overrides of parameters, checked and worked out before any file is written. */
final class ParameterChanges {
    private final Map<String, byte[]> contents = new LinkedHashMap<>();

    /** Works the overrides out for the workspace; throws when one does not apply, and nothing was changed then. */
    static ParameterChanges of(Project project, List<ParameterOverride> overrides) {
        return of(project, project.workspace(), overrides);
    }

    /** Works them out for these files. */
    static ParameterChanges of(Project project, RevisionFiles files, List<ParameterOverride> overrides) {
        Map<String, List<ParameterOverride>> byFile = new LinkedHashMap<>();
        overrides.forEach(o -> byFile.computeIfAbsent(project.relativize(o.file()), f -> new ArrayList<>())
                .add(o));
        if (isComposed(project, ParameterFile.DEFAULT)) {
            byFile.putIfAbsent(ParameterFile.DEFAULT, List.of());
        }
        ParameterChanges changes = new ParameterChanges();
        byFile.forEach((file, list) -> {
            byte[] before = files.read(file).orElse(new byte[0]);
            byte[] after =
                    isComposed(project, file) ? compose(project, list) : ParameterEditor.apply(file, before, list);
            changes.contents.put(file, after);
        });
        return changes;
    }

    /** With {@code hydra.enabled} the parameters of the project's root are composed anew for each run. */
    private static boolean isComposed(Project project, String file) {
        return file.equals(ParameterFile.DEFAULT) && project.config().isSet("hydra", "enabled");
    }

    private static byte[] compose(Project project, List<ParameterOverride> overrides) {
        ProjectConfig config = project.config();
        HydraConfiguration configuration = new HydraConfiguration(
                project.root().resolve(config.get("hydra", "config_dir").orElse("conf")),
                config.get("hydra", "config_name").orElse("config"),
                project.environment()::variable);
        return YamlWriter.writeExplicit(configuration.compose(overrides)).getBytes(StandardCharsets.UTF_8);
    }

    /** Writes the files that change. */
    void write(Project project) {
        contents.forEach((file, content) -> {
            byte[] before = project.workspace().read(file).orElse(new byte[0]);
            if (!Arrays.equals(before, content)) {
                AtomicFiles.write(project.resolve(file), content);
            }
        });
    }

    /** The files that overrides were given for and their content, relative to the project's root. */
    Map<String, byte[]> contents() {
        return java.util.Collections.unmodifiableMap(contents);
    }
}
