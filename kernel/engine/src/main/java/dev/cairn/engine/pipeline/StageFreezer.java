package dev.cairn.engine.pipeline;

import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.error.UnknownNameException;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.yaml.YamlEditor;
import dev.cairn.store.file.AtomicFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Freezes stages, so that they are taken for up to date whatever their dependencies are, and thaws them. */
public final class StageFreezer {
    private final Project project;

    public StageFreezer(Project project) {
        this.project = project;
    }

    /**
     * Writes it into the stage's dvc.yaml or .dvc file.
     *
     * @param target one stage or .dvc file
     * @return the stage
     * @throws UnknownNameException when there is no such stage
     * @throws EngineException when the stage is one of many that a template makes; nothing was written then
     */
    public StageAddress freeze(String target, boolean frozen) {
        Pipeline pipeline = PipelineReader.read(project.workspace());
        StageAddress stage = new TargetResolver(pipeline, project).stage(target);
        if (stage.name().contains("@")) {
            throw new EngineException(
                    "cannot dump a parametrized stage: '%s'".formatted(stage.name()),
                    "Write `frozen: true` below `do` in %s to freeze all of them.".formatted(stage.file()));
        }
        String text = new String(
                project.workspace().read(stage.file()).orElseThrow(() -> new IllegalStateException("it was just read")),
                StandardCharsets.UTF_8);
        YamlEditor editor = new YamlEditor(stage.file(), text);
        List<String> key = stage.isDataFile() ? List.of("frozen") : List.of("stages", stage.name(), "frozen");
        if (frozen) {
            editor.set(key, true);
        } else {
            editor.remove(key);
        }
        if (!editor.text().equals(text)) {
            AtomicFiles.write(project.resolve(stage.file()), editor.text().getBytes(StandardCharsets.UTF_8));
        }
        return stage;
    }
}
