package dev.cairn.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.engine.metric.RevisionData;
import dev.cairn.engine.metric.RevisionSource;
import dev.cairn.engine.metric.ValueFiles;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.project.RevisionFiles;
import dev.cairn.engine.project.TreeRevision;
import dev.cairn.engine.project.WorkspaceRevision;
import dev.cairn.store.git.GitRepository;
import dev.cairn.store.json.JsonReader;
import dev.cairn.store.json.PythonJson;
import dev.cairn.store.snapshot.IgnoreRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** The repository under test resources of which DVC's output is kept, unpacked; see the README there. */
final class GoldenExperiments implements AutoCloseable {
    final Path root;
    final GitRepository git;
    final ExperimentRefs refs;
    final RevisionStateReader states;

    /** How many commits were opened. */
    final AtomicInteger commitsRead = new AtomicInteger();

    private GoldenExperiments(Path root) {
        this.root = root;
        this.git = GitRepository.discover(root, Map.of()).orElseThrow();
        this.refs = new ExperimentRefs(git);
        this.states = new RevisionStateReader(git, new Revisions(), new ValueFiles());
    }

    static GoldenExperiments unpack(Path root) throws IOException, GitAPIException {
        Path bundle = resource("project.bundle");
        try (Git fresh =
                Git.init().setDirectory(root.toFile()).setInitialBranch("main").call()) {
            fresh.fetch()
                    .setRemote(bundle.toUri().toString())
                    .setRefSpecs("+refs/*:refs/*")
                    .setCheckFetchedObjects(true)
                    .call();
            fresh.reset()
                    .setMode(org.eclipse.jgit.api.ResetCommand.ResetType.HARD)
                    .call();
        }
        Path log = root.resolve(".git/logs/refs/exps/celery/stash");
        Files.createDirectories(log.getParent());
        Files.copy(resource("celery-stash-log"), log, StandardCopyOption.REPLACE_EXISTING);
        try (var changed = Files.list(resource("workspace"))) {
            for (Path file : changed.toList()) {
                Files.copy(file, root.resolve(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return new GoldenExperiments(root);
    }

    private static Path resource(String name) {
        try {
            return Path.of(GoldenExperiments.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    ExperimentCollector collector() {
        return new ExperimentCollector(git, refs, states, root.resolve(".dvc/tmp"), pid -> pid == 4711);
    }

    static void assertPrints(@Nullable Object value, String golden) throws IOException {
        Object ours = JsonReader.parse(PythonJson.dumps(value));

        try (InputStream in = GoldenExperiments.class.getResourceAsStream("golden/" + golden)) {
            assertThat(ours).isEqualTo(JsonReader.parse(in.readAllBytes()));
        }
    }

    @Override
    public void close() {
        git.close();
    }

    private final class Revisions implements RevisionSource {
        @Override
        public RevisionData workspace() {
            return data(RevisionData.WORKSPACE, new WorkspaceRevision(root, new IgnoreRules(root)));
        }

        @Override
        public RevisionData commit(String name, ObjectId commit) {
            commitsRead.incrementAndGet();
            return data(name, new TreeRevision(git.files(commit), ""));
        }

        private RevisionData data(String name, RevisionFiles files) {
            return new RevisionData(name, files, PipelineReader::read, (hash, hashName) -> Optional.empty());
        }
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
