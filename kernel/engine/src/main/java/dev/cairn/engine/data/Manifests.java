package dev.cairn.engine.data;

import dev.cairn.engine.project.Project;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.snapshot.DirectoryManifest;
import java.util.Optional;

/** Finds directories' manifests in the cache, or else on the default remote; nothing is stored. */
final class Manifests {
    private final Project project;

    Manifests(Project project) {
        this.project = project;
    }

    Optional<DirectoryManifest> find(DataEntry entry) {
        ContentHash hash = entry.hash();
        if (hash == null || !hash.isDirectory()) {
            return Optional.empty();
        }
        return project.cache(entry.hashName()).manifest(hash).or(() -> DataTransfer.ofDefaultRemote(project)
                .flatMap(remote -> remote.manifest(entry.hashName(), hash)));
    }
}
