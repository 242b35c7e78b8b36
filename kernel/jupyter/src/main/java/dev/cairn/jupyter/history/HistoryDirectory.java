package dev.cairn.jupyter.history;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One file a session in a directory, readable by its owner only. A file is appended to by its own session alone, so that
 * kernels do not get in each other's way, and made with the session's first cell. The oldest files go when there is too much.
 * When the directory cannot be used, that is said once and cells run on.
 */
public final class HistoryDirectory implements HistoryArchive {
    private static final Pattern NAME = Pattern.compile("session-(\\d{1,9})\\.jsonl");
    private static final int SESSIONS = 1_000;
    private static final long BYTES = 32L << 20;
    private static final long SESSION_BYTES = 4L << 20;
    private static final int OUTPUT_LENGTH = 10_000;

    private final Path directory;
    private final Consumer<String> warnings;
    private int session;
    private long written;
    private @Nullable FileOutputStream file;
    private boolean isBroken;

    /** Makes the archive; {@code warnings} is told when it cannot be used. */
    public HistoryDirectory(Path directory, Consumer<String> warnings) {
        this.directory = directory;
        this.warnings = warnings;
    }

    /**
     * The archive that the environment asks for: below the user's data directory, or in {@code CAIRN_HISTORY}; none when that
     * says {@code off}, or when there is no such directory.
     */
    public static HistoryArchive ofEnvironment(Map<String, String> environment, Consumer<String> warnings) {
        String asked = environment.getOrDefault("CAIRN_HISTORY", "");
        if (asked.equals("off")) {
            return HistoryArchive.none();
        }
        Optional<Path> place = asked.isEmpty() ? dataDirectory(environment) : Optional.of(Path.of(asked));
        return place.<HistoryArchive>map(path -> new HistoryDirectory(path, warnings))
                .orElseGet(HistoryArchive::none);
    }

    private static Optional<Path> dataDirectory(Map<String, String> environment) {
        for (String variable : List.of("XDG_DATA_HOME", "LOCALAPPDATA")) {
            String value = environment.getOrDefault(variable, "");
            if (!value.isEmpty() && Path.of(value).isAbsolute()) {
                return Optional.of(Path.of(value, "cairn", "history"));
            }
        }
        String home = environment.getOrDefault("HOME", "");
        return home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home, ".local", "share", "cairn", "history"));
    }

    @Override
    public synchronized int session() {
        if (session > 0) {
            return session;
        }
        List<Integer> there = numbers();
        return there.isEmpty() ? 1 : there.get(there.size() - 1) + 1;
    }

    @Override
    public void add(int number, String source) {
        append(number, "source", source);
    }

    @Override
    public void addOutput(int number, String text) {
        append(number, "output", text.length() > OUTPUT_LENGTH ? text.substring(0, OUTPUT_LENGTH) + "…" : text);
    }

    @Override
    public synchronized List<Integer> others() {
        return numbers().stream().filter(number -> number != session).toList();
    }

    @Override
    public List<HistoryEntry> read(int number) {
        Map<Integer, HistoryEntry> entries = new LinkedHashMap<>();
        Path path = path(number);
        if (Files.exists(path)) {
            try {
                new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
                        .lines()
                        .forEach(line -> readLine(number, line, entries));
            } catch (IOException e) {
                warnings.accept("The history in " + path + " cannot be read: " + e);
            }
        }
        return List.copyOf(entries.values());
    }

    private static void readLine(int session, String text, Map<Integer, HistoryEntry> entries) {
        JsonObject line;
        try {
            line = JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            // Half a line is what a kernel leaves that ended while it wrote.
            return;
        }
        int number = line.get("cell").getAsInt();
        if (line.has("source")) {
            entries.put(
                    number, new HistoryEntry(session, number, line.get("source").getAsString(), null));
        } else if (line.has("output")) {
            String output = line.get("output").getAsString();
            entries.computeIfPresent(number, (key, entry) -> entry.withOutput(output));
        }
    }

    private synchronized void append(int number, String key, String value) {
        var line = new JsonObject();
        line.addProperty("cell", number);
        line.addProperty(key, value);
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        if (isBroken || written + bytes.length > SESSION_BYTES) {
            return;
        }
        try {
            if (file == null) {
                file = begin();
            }
            file.write(bytes);
            written += bytes.length;
        } catch (IOException e) {
            isBroken = true;
            warnings.accept("This session's cells are not remembered: " + e);
        }
    }

    /** Takes the next number, which no other kernel can take, and makes room. */
    private FileOutputStream begin() throws IOException {
        Files.createDirectories(directory, ownerOnly("rwx------"));
        Path path = null;
        for (int next = session(); path == null; next++) {
            try {
                path = Files.createFile(path(next), ownerOnly("rw-------"));
                session = next;
            } catch (FileAlreadyExistsException e) {
                // Another kernel was quicker.
                path = null;
            }
        }
        prune();
        // No channel: an interrupt would close it.
        return new FileOutputStream(path.toFile(), true);
    }

    private FileAttribute<?>[] ownerOnly(String permissions) {
        boolean isPosix =
                directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        return isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private void prune() throws IOException {
        List<Integer> numbers = numbers();
        long bytes = 0;
        for (int i = numbers.size() - 1; i >= 0; i--) {
            Path path = path(numbers.get(i));
            bytes += Files.exists(path) ? Files.size(path) : 0;
            if (numbers.size() - i > SESSIONS || bytes > BYTES) {
                Files.deleteIfExists(path);
            }
        }
    }

    private List<Integer> numbers() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Integer> numbers = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(path -> {
                Matcher matcher = NAME.matcher(String.valueOf(path.getFileName()));
                if (matcher.matches()) {
                    numbers.add(Integer.parseInt(matcher.group(1)));
                }
            });
        } catch (IOException e) {
            warnings.accept("The history in " + directory + " cannot be listed: " + e);
        }
        numbers.sort(null);
        return numbers;
    }

    private Path path(int number) {
        return directory.resolve("session-" + number + ".jsonl");
    }
}
