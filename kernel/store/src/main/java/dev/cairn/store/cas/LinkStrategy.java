package dev.cairn.store.cas;

import java.nio.file.Path;
import java.util.List;

/** SKELETON. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public record LinkStrategy(List<LinkType> types) {
    public LinkType link(Path cacheObject, Path target, boolean executable) {
        throw dev.cairn.store.Skeleton.notYet();
    }
}
