package dev.cairn.engine.pipeline;

import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.project.GitIgnoreEditor;
import dev.cairn.engine.project.ParsingOptions;
import dev.cairn.engine.project.Project;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.engine.project.RevisionFiles;
import dev.cairn.engine.yaml.YamlEditor;
import dev.cairn.store.file.AtomicFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes stages into dvc.yaml. Comments, order and everything else in the file stay. */
public final class StageEditor {
    private static final String FORBIDDEN = "!\"#$%&'()*+,./:;<=>?@[\\]^`{|}~ ";

    private final Project project;

    public StageEditor(Project project) {
        this.project = project;
    }

    /**
     * What was written.
     *
     * @param file the dvc.yaml, relative to the project's root
     * @param gitPaths files to be committed to Git that were written, relative to the root
     */
    public record Added(StageAddress stage, String file, Set<String> gitPaths) {}

    /**
     * Adds a stage to the dvc.yaml of the working directory.
     *
     * @param force replace a stage of the same name
     * @throws ConflictException when there is one, or an output is another stage's; nothing was written then
     */
    public Added add(StageDefinition definition, boolean force) {
        return add(definition, force, () -> {});
    }

    /**
     * The same.
     *
     * @param written does what is to be done between writing dvc.yaml and writing .gitignore
     */
    public Added add(StageDefinition definition, boolean force, Runnable written) {
        requireName(definition.name());
        String directory = project.relativize(".");
        String file = directory.isEmpty() ? StageAddress.PIPELINE_FILE : directory + "/" + StageAddress.PIPELINE_FILE;
        String text = project.workspace()
                .read(file)
                .map(b -> new String(b, StandardCharsets.UTF_8))
                .orElse("");
        YamlEditor editor = new YamlEditor(file, text);
        Optional<Map<?, ?>> existing = existing(editor, definition.name());
        if (existing.isPresent() && !force) {
            throw new ConflictException(
                    "Stage '%s' already exists in '%s'. Use '--force' to overwrite.".formatted(definition.name(), file),
                    "");
        }
        if (existing.isEmpty() && definition.command() == null) {
            throw new EngineException("command is not specified", "Put the command behind the options.");
        }
        write(editor, definition, existing);
        Pipeline changed = PipelineReader.read(new Edited(project.workspace(), file, editor.text()));
        new PipelineGraph(changed);
        StageAddress address = new StageAddress(file, definition.name());
        Set<String> gitPaths = new TreeSet<>(Set.of(file));
        AtomicFiles.write(project.resolve(file), editor.text().getBytes(StandardCharsets.UTF_8));
        written.run();
        GitIgnoreEditor ignores = new GitIgnoreEditor(project);
        changed.stage(address).outputs().stream()
                .filter(Output::cached)
                .filter(output -> Files.isDirectory(project.resolve(ProjectPath.parent(output.path()))))
                .forEach(output -> ignores.ignore(output.path()).ifPresent(gitPaths::add));
        return new Added(address, file, gitPaths);
    }

    private static void requireName(String name) {
        boolean isForbidden = name.isEmpty() || name.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0);
        if (isForbidden) {
            throw new EngineException(
                    "Stage name cannot contain punctuation characters.", "Use letters, digits, '-' and '_'.");
        }
    }

    private static Optional<Map<?, ?>> existing(YamlEditor editor, String name) {
        if (editor.value() instanceof Map<?, ?> root
                && root.get("stages") instanceof Map<?, ?> stages
                && stages.containsKey(name)) {
            return Optional.of(stages.get(name) instanceof Map<?, ?> body ? body : Map.of());
        }
        return Optional.empty();
    }

    private static void write(YamlEditor editor, StageDefinition definition, Optional<Map<?, ?>> existing) {
        Map<String, @Nullable Object> body = definition.toYaml();
        if (existing.isEmpty()) {
            editor.set(List.of("stages", definition.name()), body);
            return;
        }
        Map<?, ?> old = existing.get();
        boolean keepsCommand = definition.command() == null && old.containsKey("cmd");
        if (!keepsCommand && definition.command() == null) {
            throw new EngineException("command is not specified", "Put the command behind the options.");
        }
        List<String> kept = List.of("desc", "meta", "frozen", "cmd");
        for (Object key : old.keySet()) {
            if (!body.containsKey(key) && !kept.contains(key)) {
                editor.remove(List.of("stages", definition.name(), String.valueOf(key)));
            }
        }
        new LinkedHashMap<>(body).forEach((key, value) -> editor.set(List.of("stages", definition.name(), key), value));
    }

    /** The workspace with one file as it is going to be. */
    private record Edited(RevisionFiles files, String path, String text) implements RevisionFiles {
        @Override
        public Optional<byte[]> read(String other) {
            return other.equals(path) ? Optional.of(text.getBytes(StandardCharsets.UTF_8)) : files.read(other);
        }

        @Override
        public boolean exists(String other) {
            return other.equals(path) || files.exists(other);
        }

        @Override
        public List<String> list(String directory) {
            return files.list(directory);
        }

        @Override
        public ParsingOptions parsing() {
            return files.parsing();
        }

        @Override
        public List<String> pipelineFiles() {
            Set<String> all = new TreeSet<>(files.pipelineFiles());
            all.add(path);
            return List.copyOf(all);
        }
    }
}
