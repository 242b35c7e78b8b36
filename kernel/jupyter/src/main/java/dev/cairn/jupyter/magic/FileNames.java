package dev.cairn.jupyter.magic;

import dev.cairn.jupyter.extension.CompletionRequest;
import dev.cairn.jupyter.extension.KernelContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** File names as users write them behind a magic: from the session's directory, {@code ~} for home. */
final class FileNames {
    private FileNames() {}

    /** The file a name stands for. */
    static Path resolve(KernelContext kernel, String name) {
        boolean isFromHome = name.equals("~") || name.startsWith("~/");
        String home = kernel.environment().getOrDefault("HOME", System.getProperty("user.home"));
        return kernel.workingDirectory()
                .resolve(isFromHome ? home + name.substring(1) : name)
                .normalize();
    }

    /** Offers files of a kind, and the directories that could hold some. */
    static Documented.Completer completer(KernelContext kernel, Predicate<Path> accepts) {
        return request -> complete(kernel, request, accepts);
    }

    private static List<String> complete(KernelContext kernel, CompletionRequest request, Predicate<Path> accepts) {
        String word = request.word();
        int slash = word.lastIndexOf('/') + 1;
        String parent = word.substring(0, slash);
        Path directory = resolve(kernel, parent);
        List<String> names = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return names;
        }
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                boolean isHidden = name.startsWith(".") && !word.startsWith(".", slash);
                boolean isDirectory = Files.isDirectory(file);
                if (name.startsWith(word.substring(slash)) && !isHidden && (isDirectory || accepts.test(file))) {
                    names.add(parent + name.replace(" ", "\\ ") + (isDirectory ? "/" : ""));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The directory " + directory + " cannot be read", e);
        }
        names.sort(null);
        return names;
    }
}
