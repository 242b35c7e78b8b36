package dev.cairn.store.lock;

import dev.cairn.store.StoreException;
import java.nio.file.Path;
import java.util.List;

/** A running stage reads or writes the path. */
public final class BusyPathException extends StoreException {
    /** A process that works on a path, and its command. */
    public record Holder(long pid, String command) {}

    private final Path path;
    private final List<Holder> holders;

    BusyPathException(Path path, List<Holder> holders, Path lockFile) {
        super(
                "'" + path + "' is busy, it is being blocked by:\n" + describe(holders),
                "If there are no processes with such PIDs, you can manually remove '" + lockFile + "' and try again.");
        this.path = path;
        this.holders = List.copyOf(holders);
    }

    public Path path() {
        return path;
    }

    public List<Holder> holders() {
        return holders;
    }

    private static String describe(List<Holder> holders) {
        StringBuilder text = new StringBuilder();
        for (Holder holder : holders) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append("  (PID ")
                    .append(holder.pid())
                    .append("): ")
                    .append(holder.command());
        }
        return text.toString();
    }
}
