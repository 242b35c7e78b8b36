package dev.cairn.engine.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code add} is asked to do.
 *
 * @param targets as typed: files or directories
 * @param commit whether content goes into the cache; else it is only hashed
 * @param recursive whether a directory means each file in it
 * @param glob whether targets are patterns
 * @param file name of the .dvc file; null for the target's own
 * @param place where to write about; unless it stays where it is
 * @param annotations what the .dvc file says about the data, by its own names: desc, type, labels, meta
 */
public record AddRequest(
        List<String> targets,
        boolean commit,
        boolean recursive,
        boolean glob,
        @Nullable String file,
        Place place,
        Map<String, Object> annotations) {
    public AddRequest {
        targets = List.copyOf(targets);
    }

    /** Just add these. */
    public static AddRequest of(List<String> targets, boolean commit) {
        return new AddRequest(targets, commit, false, false, null, Place.AS_IT_IS, Map.of());
    }

    /**
     * Where data from elsewhere goes.
     *
     * @param out a file or directory of the project to be; null for none, or for the source's name
     * @param remote straight to this remote, and not into the workspace
     * @param force whether {@code out} may be replaced
     */
    public record Place(@Nullable String out, Optional<DataTransfer> remote, boolean force) {
        /** Nowhere. */
        public static final Place AS_IT_IS = new Place(null, Optional.empty(), false);

        boolean isElsewhere() {
            return out != null || remote.isPresent();
        }
    }
}
