package dev.cairn.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.store.json.JsonReader;
import dev.cairn.store.json.PythonJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The project under test resources of which DVC's output is kept; see the README there. */
final class GoldenProject {
    private final Path root = resources();

    private static Path resources() {
        try {
            return Path.of(GoldenProject.class.getResource("golden").toURI()).getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    RevisionData head() {
        return at("head", "HEAD");
    }

    RevisionData workspace() {
        return at("workspace", RevisionData.WORKSPACE);
    }

    RevisionData at(String folder, String name) {
        return new RevisionData(
                name, new FolderRevision(root.resolve(folder)), PipelineReader::read, (hash, hashName) -> {
                    Path object = root.resolve("cache").resolve(hash.value());
                    try {
                        return Files.exists(object) ? Optional.of(Files.readAllBytes(object)) : Optional.empty();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    /** Asserts that the value is what DVC printed; the order of keys is free, as DVC's is random. */
    static void assertPrints(@Nullable Object value, String golden) throws IOException {
        Object ours = JsonReader.parse(PythonJson.dumps(value));

        assertThat(ours).isEqualTo(read(golden));
    }

    private static @Nullable Object read(String golden) throws IOException {
        try (InputStream in = GoldenProject.class.getResourceAsStream("golden/" + golden)) {
            return JsonReader.parse(in.readAllBytes());
        }
    }
}
