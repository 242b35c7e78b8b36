package dev.cairn.store.lock;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;

/** SKELETON. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class RwLockFile {
    /** The lock file {@code rwlock} in {@code directory} ({@code .dvc/tmp}); warnings, as of killed processes, go to {@code warnings}. */
    public RwLockFile(Path directory, Consumer<String> warnings) {}

    /** Held until closed. */
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    public Hold acquire(String command, Set<Path> reads, Set<Path> writes) {
        throw dev.cairn.store.Skeleton.notYet();
    }
}
