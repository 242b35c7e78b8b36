package dev.cairn.engine.pipeline;

import dev.cairn.engine.project.RevisionFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files of a project by path, in memory. */
record TextFiles(Map<String, String> texts) implements RevisionFiles {
    @Override
    public Optional<byte[]> read(String path) {
        return Optional.ofNullable(texts.get(path)).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean exists(String path) {
        return texts.containsKey(path);
    }

    @Override
    public List<String> list(String directory) {
        return texts.keySet().stream()
                .filter(path -> path.startsWith(directory))
                .sorted()
                .toList();
    }

    @Override
    public List<String> pipelineFiles() {
        return texts.keySet().stream()
                .filter(path -> path.endsWith("dvc.yaml") || path.endsWith(".dvc"))
                .sorted()
                .toList();
    }
}
