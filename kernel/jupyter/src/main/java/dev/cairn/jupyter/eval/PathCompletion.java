package dev.cairn.jupyter.eval;

import dev.cairn.jupyter.eval.CodeAssist.Completion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Completes paths of files within string literals. */
public final class PathCompletion {
    private static final int MOST = 200;

    private PathCompletion() {}

    /** The files and directories that could go on at the cursor; empty when it is in no string or nothing fits. */
    public static Optional<Completion> complete(String code, int cursor, Path workingDirectory) {
        int quote = openQuote(code, cursor);
        if (quote < 0) {
            return Optional.empty();
        }
        String typed = code.substring(quote + 1, cursor);
        int nameStart = typed.lastIndexOf('/') + 1;
        try {
            Path directory = workingDirectory.resolve(typed.substring(0, nameStart));
            List<String> found = entries(directory, typed.substring(nameStart));
            Map<String, String> kinds = found.stream().collect(Collectors.toMap(name -> name, name -> "path"));
            return found.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Completion(found, quote + 1 + nameStart, kinds));
        } catch (InvalidPathException e) {
            // What stands in the string is no path.
            return Optional.empty();
        }
    }

    private static List<String> entries(Path directory, String start) {
        List<String> names = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return names;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            entries.filter(entry -> entry.getFileName().toString().startsWith(start))
                    .filter(entry ->
                            !start.isEmpty() || !entry.getFileName().toString().startsWith("."))
                    .limit(MOST)
                    .map(entry -> entry.getFileName() + (Files.isDirectory(entry) ? "/" : ""))
                    .sorted()
                    .forEach(names::add);
        } catch (IOException e) {
            // A directory that cannot be read has nothing to offer.
            return List.of();
        }
        return names;
    }

    private static int openQuote(String code, int cursor) {
        int quote = -1;
        for (int i = code.lastIndexOf('\n', cursor - 1) + 1; i < cursor; i++) {
            char c = code.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quote = quote < 0 ? i : -1;
            }
        }
        return quote;
    }
}
