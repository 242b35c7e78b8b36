package dev.cairn.engine.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How tracked data stands between the last Git commit, the .dvc and lock files, and the workspace.
 *
 * @param notInCache what the files name and the cache does not have
 * @param notInRemote the same for the remote; empty unless it was asked for
 * @param committed what the files say otherwise than the commit: paths by kind of change, as {@code modified}
 * @param uncommitted what the workspace has otherwise than the files say
 * @param untracked files that Git does not know, relative to the working directory; empty unless they were asked for
 * @param unchanged what is the same in all three
 * @param isWithoutCommits whether Git has no commit yet
 * @param isDirty whether Git sees changes
 */
public record DataStatus(
        List<String> notInCache,
        List<String> notInRemote,
        Map<String, List<String>> committed,
        Map<String, List<String>> uncommitted,
        List<String> untracked,
        List<String> unchanged,
        boolean isWithoutCommits,
        boolean isDirty) {
    public DataStatus {
        notInCache = List.copyOf(notInCache);
        notInRemote = List.copyOf(notInRemote);
        committed = copy(committed);
        uncommitted = copy(uncommitted);
        untracked = List.copyOf(untracked);
        unchanged = List.copyOf(unchanged);
    }

    private static Map<String, List<String>> copy(Map<String, List<String>> map) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        map.forEach((kind, paths) -> copy.put(kind, List.copyOf(paths)));
        return Collections.unmodifiableMap(copy);
    }

    /** Its parts by DVC's names, in DVC's order, without the empty ones. */
    public Map<String, Object> toJson() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("not_in_cache", notInCache);
        out.put("not_in_remote", notInRemote);
        out.put("committed", committed);
        out.put("uncommitted", uncommitted);
        out.put("untracked", untracked);
        out.put("unchanged", unchanged);
        out.values()
                .removeIf(part ->
                        part instanceof List<?> list ? list.isEmpty() : part instanceof Map<?, ?> map && map.isEmpty());
        return out;
    }

    /** Changes being gathered. */
    static final class Changes {
        final Map<String, List<String>> byKind = new LinkedHashMap<>();

        void add(String kind, String path) {
            byKind.computeIfAbsent(kind, k -> new ArrayList<>()).add(path);
        }

        List<String> take(String kind) {
            List<String> paths = byKind.remove(kind);
            return paths == null ? List.of() : paths;
        }
    }
}
