package dev.cairn.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Replaces files as a whole: whoever reads meanwhile, or after a crash, sees the old content or the new. */
final class AtomicFile {
    private AtomicFile() {}

    /** Lets the saver write beside the target, under the target's own file name (savers look at the extension), then moves it there. */
    static void replace(Path target, Checkpoint.Saver saver) throws IOException {
        Path directory = target.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Path aside = Files.createTempDirectory(directory, ".saving-");
        try {
            Path written = aside.resolve(target.getFileName());
            saver.save(written);
            if (Files.isDirectory(target)) {
                deleteTree(target);
            }
            Files.move(written, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            deleteTree(aside);
        }
    }

    static void write(Path target, String content) throws IOException {
        replace(target, path -> Files.writeString(path, content, StandardCharsets.UTF_8));
    }

    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> walk = Files.walk(root)) {
            deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
