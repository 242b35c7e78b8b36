package dev.cairn.maven;

import dev.cairn.jupyter.extension.MagicException;
import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.extensions.mmr.MavenModelReader;
import eu.maveniverse.maven.mima.extensions.mmr.ModelRequest;
import eu.maveniverse.maven.mima.extensions.mmr.ModelResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorResult;

/** Reads what a cell declares as in a pom.xml. */
final class PomCell {
    private static final Pattern PROJECT = Pattern.compile("<project[\\s>]");
    private final Context context;

    PomCell(Context context) {
        this.context = context;
    }

    ArtifactDescriptorResult read(String text, List<RemoteRepository> repositories) {
        try {
            Path file = Files.createTempFile("cell", ".pom");
            try {
                Files.writeString(file, whole(text));
                return read(file, repositories);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The cell's pom cannot be read", e);
        }
    }

    private ArtifactDescriptorResult read(Path file, List<RemoteRepository> repositories) {
        var request = ModelRequest.builder()
                .setPomFile(file)
                .setRepositories(repositories)
                .build();
        try {
            ModelResponse response = new MavenModelReader(context).readModel(request);
            return response.toArtifactDescriptorResult(response.getEffectiveModel());
        } catch (RepositoryException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            throw new MagicException(
                    "InvalidPom",
                    "The cell cannot be read as a pom: " + root.getMessage(),
                    "%%pom? tells what can stand here.",
                    e);
        }
    }

    /** A whole project, whichever part of one the cell has. */
    static String whole(String text) {
        if (PROJECT.matcher(text).find()) {
            return text;
        }
        String parts = grouped(grouped(text, "dependencies", "dependency"), "repositories", "repository");
        return "<project><modelVersion>4.0.0</modelVersion><groupId>notebook</groupId><artifactId>cell</artifactId>"
                + "<version>1</version>" + parts + "</project>";
    }

    private static String grouped(String text, String group, String element) {
        if (text.contains("<" + group + ">")) {
            return text;
        }
        Pattern pattern = Pattern.compile("<" + element + ">.*?</" + element + ">", Pattern.DOTALL);
        String elements =
                pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.joining());
        return elements.isEmpty()
                ? text
                : pattern.matcher(text).replaceAll("") + "<" + group + ">" + elements + "</" + group + ">";
    }
}
