package dev.cairn.install;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A kernel of Cairn's that Jupyter knows: the name of its folder, and what a launcher shows. */
record InstalledKernel(Path folder, String displayName) {
    InstalledKernel {
        requireNonNull(folder, "folder is null");
        requireNonNull(displayName, "displayName is null");
    }

    /** The name that a notebook keeps. */
    String name() {
        return folder.getFileName().toString();
    }

    /** Those in a folder of kernels, by name; none when there is no such folder. */
    static List<InstalledKernel> in(Path kernels) {
        if (!Files.isDirectory(kernels)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(kernels)) {
            return folders.sorted().flatMap(folder -> read(folder).stream()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The kernels in " + kernels + " could not be listed.", e);
        }
    }

    /** Whether the folder holds a kernel of Cairn's. */
    static boolean isOne(Path folder) {
        return read(folder).isPresent();
    }

    /** Deletes its folder. */
    void remove() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The kernel's folder " + folder + " could not be removed.", e);
        }
    }

    private static Optional<InstalledKernel> read(Path folder) {
        Path specification = folder.resolve("kernel.json");
        if (!Files.isRegularFile(specification)) {
            return Optional.empty();
        }
        try {
            JsonObject json =
                    JsonParser.parseString(Files.readString(specification)).getAsJsonObject();
            List<String> words = new ArrayList<>();
            for (JsonElement word : json.getAsJsonArray("argv")) {
                words.add(word.getAsString());
            }
            return words.contains(KernelSpecification.MAIN_CLASS)
                    ? Optional.of(
                            new InstalledKernel(folder, json.get("display_name").getAsString()))
                    : Optional.empty();
        } catch (JsonParseException | IllegalStateException e) {
            return Optional.empty(); // Another program's file, and broken: not ours to judge.
        } catch (IOException e) {
            throw new UncheckedIOException(specification + " could not be read.", e);
        }
    }
}
