package dev.cairn.engine.pipeline;

import org.jspecify.annotations.Nullable;

/** Where the data of a .dvc file was imported from. */
public sealed interface ImportSource {
    /** The path or address as it is written. */
    String path();

    /** Whether it is written down which version the data is of. */
    boolean isLocked();

    /** As DVC names it in messages. */
    String describe();

    /**
     * A path in another repository.
     *
     * @param url the repository: a directory, or an address that Git knows
     * @param revision what was asked for; null for the repository's own choice
     * @param lockedRevision the commit that the data is of, 40 hex; null when it was not looked up yet
     */
    record Repository(String path, String url, @Nullable String revision, @Nullable String lockedRevision)
            implements ImportSource {
        @Override
        public String describe() {
            return "%s (%s)".formatted(path, url);
        }

        @Override
        public boolean isLocked() {
            return lockedRevision != null;
        }

        /** The same at another commit. */
        public Repository at(@Nullable String newRevision, String commit) {
            return new Repository(path, url, newRevision, commit);
        }
    }

    /**
     * A file or folder on this machine, or an address on the web.
     *
     * @param state what it was when it was imported, without a hash when that is not known
     * @param tag what a web server called that version; null for files
     */
    record Location(String path, PathState state, @Nullable String tag) implements ImportSource {
        @Override
        public String describe() {
            return path;
        }

        @Override
        public boolean isLocked() {
            return state.hash() != null || tag != null;
        }
    }
}
