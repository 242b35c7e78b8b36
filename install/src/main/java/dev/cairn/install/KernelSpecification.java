package dev.cairn.install;

import static java.util.Objects.requireNonNull;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What Jupyter must know to start the kernel: the folder {@code kernels/NAME} with {@code kernel.json} and the logos. The
 * JVM is started directly, without a script or a launcher JVM in between.
 */
record KernelSpecification(
        String displayName,
        JavaRuntime java,
        Distribution distribution,
        List<String> jvmOptions,
        Map<String, String> environment) {
    static final String MAIN_CLASS = "dev.cairn.jupyter.kernel.KernelMain";

    KernelSpecification {
        requireNonNull(displayName, "displayName is null");
        requireNonNull(java, "java is null");
        requireNonNull(distribution, "distribution is null");
        jvmOptions = List.copyOf(jvmOptions);
        environment = Map.copyOf(environment);
    }

    /**
     * What of the installing process's environment the kernel needs: a locale in UTF-8. A JVM in the C locale, which is what many a
     * container gives, cannot open files whose names are not ASCII.
     */
    static Map<String, String> localeOf(Map<String, String> environment) {
        return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(locale -> !locale.isEmpty())
                .findFirst()
                .filter(locale ->
                        locale.toUpperCase(Locale.ROOT).replace("-", "").endsWith(".UTF8"))
                .map(locale -> Map.of("LC_CTYPE", locale))
                .orElse(Map.of());
    }

    /** What stands in the way of writing the folder: a place without permission, or another program's kernel. */
    static Optional<String> obstacleAt(Path folder) {
        if (Files.exists(folder.resolve("kernel.json")) && !InstalledKernel.isOne(folder)) {
            return Optional.of("there is another program's kernel of this name");
        }
        Path place = folder;
        while (!Files.exists(place) && place.getParent() != null) {
            place = place.getParent();
        }
        if (!Files.isDirectory(place)) {
            return Optional.of(place + " is no folder");
        }
        return Files.isWritable(place) ? Optional.empty() : Optional.of("no permission to write in " + place);
    }

    /** Writes the folder, over one of an earlier installation. */
    void writeTo(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("kernel.json"), json());
            try (var logos = Files.newDirectoryStream(distribution.kernelResources(), "logo-*")) {
                for (Path logo : logos) {
                    Files.copy(logo, folder.resolve(logo.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The kernel's folder " + folder + " could not be written.", e);
        }
    }

    /** The text of {@code kernel.json}. */
    String json() {
        JsonObject metadata = new JsonObject();
        metadata.addProperty("debugger", false);
        JsonArray argv = new JsonArray();
        command().forEach(argv::add);
        JsonObject spec = new JsonObject();
        spec.add("argv", argv);
        spec.addProperty("display_name", displayName);
        spec.addProperty("language", "java");
        spec.addProperty("interrupt_mode", "message");
        JsonObject env = new JsonObject();
        new TreeMap<>(environment).forEach(env::addProperty);
        spec.add("env", env);
        spec.add("metadata", metadata);
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(spec) + "\n";
    }

    /** The words that start the kernel; Jupyter puts its file in place of the last. */
    List<String> command() {
        List<String> words = new ArrayList<>();
        words.add(java.program().toString());
        words.addAll(distribution.archiveOptions(java));
        words.addAll(KernelJvm.options(java));
        words.addAll(jvmOptions);
        words.addAll(List.of("-cp", distribution.jar().toString(), MAIN_CLASS, "{connection_file}"));
        return words;
    }
}
