package dev.cairn.maven;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.eclipse.aether.util.version.GenericVersionScheme;
import org.eclipse.aether.version.InvalidVersionSpecificationException;
import org.eclipse.aether.version.Version;

/** The artifacts of a local repository, by its layout: folders of the group, one of the artifact, one of the version with its POM. */
final class LocalArtifacts {
    private static final Pattern COORDINATES = Pattern.compile("[\\w.-]*(:([\\w-][\\w.-]*)?){0,2}");

    private final Path repository;

    LocalArtifacts(Path repository) {
        this.repository = repository;
    }

    /** How unfinished coordinates, {@code GROUP[:ARTIFACT[:VERSION]]}, could go on; of versions the newest first. */
    List<String> complete(String typed) {
        if (!COORDINATES.matcher(typed).matches()) {
            return List.of();
        }
        String[] parts = typed.split(":", -1);
        String group = parts[0];
        return switch (parts.length) {
            case 1 -> groups(group);
            case 2 -> names(folder(group), parts[1], LocalArtifacts::isArtifact).stream()
                    .map(artifact -> group + ":" + artifact + ":")
                    .toList();
            case 3 -> versions(folder(group).resolve(parts[1]), parts[2]).stream()
                    .map(version -> group + ":" + parts[1] + ":" + version)
                    .toList();
            default -> List.of();
        };
    }

    private List<String> groups(String typed) {
        int dot = typed.lastIndexOf('.') + 1;
        Path parent = folder(typed.substring(0, dot));
        List<String> found = new ArrayList<>();
        for (String name : names(parent, typed.substring(dot), folder -> !isArtifact(folder))) {
            String group = typed.substring(0, dot) + name;
            Path folder = parent.resolve(name);
            if (!names(folder, "", LocalArtifacts::isArtifact).isEmpty()) {
                found.add(group + ":");
            }
            if (!names(folder, "", child -> !isArtifact(child)).isEmpty()) {
                found.add(group + ".");
            }
        }
        return found;
    }

    private static List<String> versions(Path artifact, String start) {
        String name = artifact.getFileName().toString();
        return names(
                        artifact,
                        start,
                        folder -> Files.exists(folder.resolve(name + "-" + folder.getFileName() + ".pom")))
                .stream()
                .sorted(Comparator.comparing(LocalArtifacts::version).reversed())
                .toList();
    }

    private static Version version(String text) {
        try {
            return new GenericVersionScheme().parseVersion(text);
        } catch (InvalidVersionSpecificationException e) {
            throw new IllegalStateException("the scheme takes any text as a version, but not " + text, e);
        }
    }

    private Path folder(String group) {
        return repository.resolve(group.replace('.', '/'));
    }

    private static boolean isArtifact(Path folder) {
        return !versions(folder, "").isEmpty();
    }

    /** Names of folders that begin so, sorted; none when there is no such parent. */
    private static List<String> names(Path parent, String start, Predicate<Path> accepts) {
        List<String> names = new ArrayList<>();
        if (!Files.isDirectory(parent)) {
            return names;
        }
        try (var folders = Files.newDirectoryStream(parent, start + "*")) {
            for (Path folder : folders) {
                if (Files.isDirectory(folder) && accepts.test(folder)) {
                    names.add(folder.getFileName().toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the local repository cannot be read at " + parent, e);
        }
        names.sort(null);
        return names;
    }
}
