package dev.cairn.engine.data;

import dev.cairn.engine.project.Project;
import dev.cairn.engine.source.SourceTree;
import dev.cairn.store.hash.ContentHash;
import dev.cairn.store.hash.HashName;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Brings into the cache of another repository what only its default remote has. */
final class SourceCache implements SourceTree.Fetch {
    @Override
    public void fetch(Project owner, Map<HashName, List<ContentHash>> objects) {
        Optional<DataTransfer> remote = DataTransfer.ofDefaultRemote(owner);
        Map<HashName, Set<ContentHash>> wanted = new EnumMap<>(HashName.class);
        objects.forEach((name, hashes) -> wanted.put(name, new LinkedHashSet<>(hashes)));
        remote.ifPresent(transfer -> transfer.fetch(wanted));
    }
}
