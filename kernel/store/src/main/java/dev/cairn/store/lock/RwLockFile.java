package dev.cairn.store.lock;

import dev.cairn.store.StoreException;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.json.JsonReader;
import dev.cairn.store.json.PythonJson;
import dev.cairn.store.lock.BusyPathException.Holder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * DVC's record of which paths running stages read and write, {@code .dvc/tmp/rwlock}. Readers exclude writers and writers all
 * others, on a path and what lies in it; nobody waits. Entries of processes that are gone are dropped with a warning.
 */
public final class RwLockFile {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Path file;
    private final Path guard;
    private final Consumer<String> warnings;

    /** The record {@code rwlock} in {@code directory}, which is {@code .dvc/tmp}. */
    public RwLockFile(Path directory, Consumer<String> warnings) {
        this.file = directory.toAbsolutePath().normalize().resolve("rwlock");
        this.guard = file.resolveSibling("rwlock.lock");
        this.warnings = warnings;
    }

    /** Paths that are held until this is closed. */
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Holds the paths for the command in this process.
     *
     * @throws BusyPathException when another process, or another command of this one, holds one of them the other way
     */
    public Hold acquire(String command, Set<Path> reads, Set<Path> writes) {
        Holder self = new Holder(ProcessHandle.current().pid(), command);
        Set<String> readPaths = absolute(reads);
        Set<String> writePaths = absolute(writes);
        Set<String> all = new LinkedHashSet<>(readPaths);
        all.addAll(writePaths);
        Set<String> newReads = new LinkedHashSet<>();
        Set<String> newWrites = new LinkedHashSet<>();
        edit(table -> {
            dropDead(table.write, all);
            dropDead(table.read, writePaths);
            requireFree(table.write, all, self);
            requireFree(table.read, writePaths, self);
            readPaths.stream().filter(path -> add(table.read, path, self)).forEach(newReads::add);
            writePaths.stream().filter(path -> add(table.write, path, self)).forEach(newWrites::add);
        });
        return () -> edit(table -> {
            newWrites.forEach(path -> remove(table.write, path, self));
            newReads.forEach(path -> remove(table.read, path, self));
        });
    }

    /** Who holds what; writers are lists of one. */
    private static final class Table {
        final Map<String, List<Holder>> read = new LinkedHashMap<>();
        final Map<String, List<Holder>> write = new LinkedHashMap<>();
    }

    @SuppressWarnings("try") // the guard only has to be held
    private void edit(Consumer<Table> change) {
        try (FlockLock held = FlockLock.acquire(guard, PATIENCE)) {
            Table table = load();
            change.accept(table);
            save(table);
        }
    }

    private static Set<String> absolute(Collection<Path> paths) {
        Set<String> absolute = new TreeSet<>();
        paths.forEach(path -> absolute.add(path.toAbsolutePath().normalize().toString()));
        return absolute;
    }

    private void dropDead(Map<String, List<Holder>> held, Set<String> wanted) {
        for (var entry : new ArrayList<>(held.entrySet())) {
            if (!overlapsAny(entry.getKey(), wanted)) {
                continue;
            }
            for (Holder holder : List.copyOf(entry.getValue())) {
                if (ProcessHandle.of(holder.pid()).isEmpty()) {
                    warnings.accept("Process '" + holder.command() + "' with (Pid " + holder.pid()
                            + "), in RWLock-file '" + entry.getKey()
                            + "' had been killed. Auto remove it from the lock file.");
                    remove(held, entry.getKey(), holder);
                }
            }
        }
    }

    private void requireFree(Map<String, List<Holder>> held, Set<String> wanted, Holder self) {
        for (String path : wanted) {
            Set<Holder> blockers = new LinkedHashSet<>();
            held.forEach((other, holders) -> {
                if (overlaps(path, other)) {
                    blockers.addAll(holders);
                }
            });
            blockers.remove(self);
            if (!blockers.isEmpty()) {
                throw new BusyPathException(Path.of(path), List.copyOf(blockers), file);
            }
        }
    }

    private static boolean overlapsAny(String path, Set<String> others) {
        return others.stream().anyMatch(other -> overlaps(path, other));
    }

    private static boolean overlaps(String a, String b) {
        Path first = Path.of(a);
        Path second = Path.of(b);
        return first.startsWith(second) || second.startsWith(first);
    }

    private static boolean add(Map<String, List<Holder>> held, String path, Holder self) {
        List<Holder> holders = held.computeIfAbsent(path, p -> new ArrayList<>());
        return !holders.contains(self) && holders.add(self);
    }

    private static void remove(Map<String, List<Holder>> held, String path, Holder holder) {
        List<Holder> holders = held.get(path);
        if (holders != null && holders.remove(holder) && holders.isEmpty()) {
            held.remove(path);
        }
    }

    private Table load() {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new Table();
        } catch (IOException e) {
            throw StoreException.io("read '" + file + "'", e);
        }
        // DVC leaves an empty file when it is killed while it writes; it says nothing, so it holds nothing.
        if (new String(bytes, StandardCharsets.UTF_8).isBlank()) {
            return new Table();
        }
        return parse(bytes);
    }

    private Table parse(byte[] bytes) {
        Object json;
        try {
            json = JsonReader.parse(bytes);
        } catch (JsonReader.JsonSyntaxException e) {
            throw new StoreException(
                    "Unable to read RWLock-file '" + file + "'. JSON structure is corrupted: " + e.getMessage(),
                    hint(),
                    e);
        }
        Table table = new Table();
        if (!(json instanceof Map<?, ?> map)) {
            throw wrongFormat("expected a dictionary");
        }
        fill(table.read, map.get("read"));
        fill(table.write, map.get("write"));
        return table;
    }

    private void fill(Map<String, List<Holder>> held, @Nullable Object json) {
        if (json == null) {
            return;
        }
        if (!(json instanceof Map<?, ?> map)) {
            throw wrongFormat("expected a dictionary");
        }
        map.forEach((path, holders) -> {
            List<?> items = holders instanceof List<?> list ? list : List.of(holders);
            List<Holder> parsed = new ArrayList<>();
            items.forEach(item -> parsed.add(holder(item)));
            held.put(String.valueOf(path), parsed);
        });
    }

    private Holder holder(@Nullable Object item) {
        if (item instanceof Map<?, ?> map
                && map.get("pid") instanceof Long pid
                && map.get("cmd") instanceof String command) {
            return new Holder(pid, command);
        }
        throw wrongFormat("expected pid and cmd");
    }

    private StoreException wrongFormat(String problem) {
        return new StoreException("RWLock-file '" + file + "' format error.: " + problem, hint());
    }

    private String hint() {
        return "If no command is running, remove '" + file + "' and try again.";
    }

    private void save(Table table) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (!table.write.isEmpty()) {
            Map<String, Object> writers = new LinkedHashMap<>();
            table.write.forEach((path, holders) -> writers.put(path, describe(holders.get(0))));
            json.put("write", writers);
        }
        if (!table.read.isEmpty()) {
            Map<String, Object> readers = new LinkedHashMap<>();
            table.read.forEach((path, holders) ->
                    readers.put(path, holders.stream().map(RwLockFile::describe).toList()));
            json.put("read", readers);
        }
        AtomicFiles.write(file, PythonJson.dumps(json).getBytes(StandardCharsets.US_ASCII));
    }

    private static Map<String, Object> describe(Holder holder) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pid", holder.pid());
        json.put("cmd", holder.command());
        return json;
    }
}
