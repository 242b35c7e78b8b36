package dev.cairn.engine.reproduce;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.pipeline.Output;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.engine.pipeline.TargetResolver;
import dev.cairn.engine.project.GitIgnoreEditor;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectLock;
import dev.cairn.engine.yaml.YamlEditor;
import dev.cairn.store.file.AtomicFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Takes stages out of dvc.yaml and dvc.lock, and .dvc files away; Git sees their outputs again. */
public final class StageRemover {
    private final Project project;
    private final RunListener listener;

    public StageRemover(Project project, RunListener listener) {
        this.project = project;
        this.listener = listener;
    }

    /**
     * Removes stages.
     *
     * @param targets stages and .dvc files; all are looked for before the first is removed
     * @param outputs whether their outputs in the workspace go too
     * @return files of Git's that changed, relative to the root
     * @throws UnknownNameException when there is no such stage
     */
    public Set<String> remove(List<String> targets, boolean outputs) {
        try (ProjectLock lock = new ProjectLock(project)) {
            Pipeline pipeline = PipelineReader.read(project.workspace());
            TargetResolver resolver = new TargetResolver(pipeline, project);
            List<StageAddress> stages = targets.stream().map(resolver::stage).toList();
            stages.forEach(StageRemover::requireOwn);
            Set<String> changed = new TreeSet<>();
            stages.forEach(stage -> remove(pipeline.stage(stage), outputs, changed));
            return changed;
        }
    }

    private static void requireOwn(StageAddress stage) {
        if (stage.name().contains("@")) {
            throw new EngineException(
                    "cannot remove a parametrized stage: '%s'".formatted(stage.name()),
                    "Take it out of the list of its `foreach` in %s.".formatted(stage.file()));
        }
    }

    private void remove(Stage stage, boolean outputs, Set<String> changed) {
        StageAddress address = stage.address();
        changed.add(address.file());
        if (address.isDataFile()) {
            AtomicFiles.deleteRecursively(project.resolve(address.file()));
        } else {
            removeFromPipeline(address);
            new LockFiles(project, listener).forget(address).ifPresent(changed::add);
        }
        GitIgnoreEditor ignores = new GitIgnoreEditor(project);
        for (Output output : stage.outputs()) {
            ignores.unignore(output.path()).ifPresent(changed::add);
            if (outputs) {
                AtomicFiles.deleteRecursively(project.resolve(output.path()));
            }
        }
    }

    private void removeFromPipeline(StageAddress address) {
        Path file = project.resolve(address.file());
        String text = project.workspace()
                .read(address.file())
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
        YamlEditor editor = new YamlEditor(address.file(), text);
        Map<?, ?> root = editor.value() instanceof Map<?, ?> map ? map : Map.of();
        boolean isLast = root.get("stages") instanceof Map<?, ?> stages && stages.size() == 1;
        if (isLast && root.size() == 1) {
            AtomicFiles.deleteRecursively(file);
            return;
        }
        editor.remove(isLast ? List.of("stages") : List.of("stages", address.name()));
        AtomicFiles.write(file, editor.text().getBytes(StandardCharsets.UTF_8));
    }
}
