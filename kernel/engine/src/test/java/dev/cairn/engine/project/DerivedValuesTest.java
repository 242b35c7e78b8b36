package dev.cairn.engine.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.engine.TestProject;
import dev.cairn.engine.pipeline.Pipeline;
import dev.cairn.engine.pipeline.PipelineReader;
import dev.cairn.engine.pipeline.StageAddress;
import dev.cairn.store.git.GitRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DerivedValuesTest {
    private TestProject project;

    @BeforeEach
    void open(@TempDir Path directory) {
        project = TestProject.in(directory);
        project.file("params.yaml", "names: [one, two]\n");
        project.file("dvc.yaml", "stages:\n  s:\n    foreach: ${names}\n    do:\n      cmd: echo ${item}\n");
    }

    @AfterEach
    void close() {
        project.close();
    }

    private Pipeline pipeline() {
        project.project().refresh(project.project().environment());
        return PipelineReader.read(project.project().workspace());
    }

    private List<String> stages() {
        return pipeline().stages().keySet().stream().map(StageAddress::name).toList();
    }

    @Test
    void thePipelineOfUntouchedFilesIsReadOnce() {
        assertThat(pipeline()).isSameAs(pipeline());
    }

    @Test
    void anEditOfTheSameLengthAndTimeStampIsSeen() throws IOException {
        Path params = project.root().resolve("params.yaml");
        FileTime before = Files.getLastModifiedTime(params);
        assertThat(stages()).containsExactly("s@one", "s@two");

        Files.writeString(params, "names: [one, six]\n");
        Files.setLastModifiedTime(params, before);

        assertThat(stages()).containsExactly("s@one", "s@six");
    }

    @Test
    void aChangedLockFileIsSeenAndTheStagesStay() {
        Pipeline before = pipeline();

        project.file("dvc.lock", "schema: '2.0'\nstages:\n  s@one:\n    cmd: echo one\n");
        Pipeline after = pipeline();

        assertThat(before.locks()).isEmpty();
        assertThat(after.locks()).containsOnlyKeys(new StageAddress("dvc.yaml", "s@one"));
        StageAddress two = new StageAddress("dvc.yaml", "s@two");
        assertThat(after.stage(two)).isSameAs(before.stage(two));
    }

    @Test
    void aFileThatComesOrGoesIsSeen() throws IOException {
        assertThat(stages()).hasSize(2);

        project.file("sub/dvc.yaml", "stages:\n  more:\n    cmd: echo more\n");
        assertThat(stages()).contains("more");
        Files.delete(project.root().resolve("sub/dvc.yaml"));

        assertThat(stages()).containsExactly("s@one", "s@two");
    }

    @Test
    void anIgnoreFileThatHidesAPipelineIsSeen() {
        project.file("sub/dvc.yaml", "stages:\n  more:\n    cmd: echo more\n");
        assertThat(stages()).contains("more");

        project.file(".dvcignore", "/sub\n");

        assertThat(stages()).doesNotContain("more");
    }

    @Test
    void aBrokenFileIsReportedEachTimeAndItsCorrectionIsSeen() {
        project.file("params.yaml", "names: [one\n");
        for (int i = 0; i < 2; i++) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(this::stages))
                    .hasMessageContaining("params.yaml");
        }

        project.file("params.yaml", "names: [one]\n");

        assertThat(stages()).containsExactly("s@one");
    }

    @Test
    void commitsKeepTheirOwnPipelines() {
        project.commit();
        GitRepository git = project.project().git();
        ObjectId first = git.head().orElseThrow();
        project.file("params.yaml", "names: [one, six]\n");
        project.commit();
        ObjectId second = git.head().orElseThrow();

        Function<ObjectId, Pipeline> at =
                commit -> PipelineReader.read(project.project().revision(commit));

        assertThat(at.apply(first).stages().keySet())
                .extracting(StageAddress::name)
                .contains("s@two");
        assertThat(at.apply(second).stages().keySet())
                .extracting(StageAddress::name)
                .contains("s@six");
        assertThat(at.apply(first)).isSameAs(at.apply(first));
    }

    @Test
    void whatWasNotUsedForLongestIsForgottenWhenThereIsTooMuch() {
        DerivedValues values = new DerivedValues(3000);
        AtomicInteger made = new AtomicInteger();
        RevisionFiles files = new Texts(Map.of("a", "x".repeat(1000), "b", "y".repeat(1000), "c", "z".repeat(1000)));
        Consumer<String> read = path -> values.get(String.class, path, files, observed -> {
            made.incrementAndGet();
            return new String(observed.read(path).orElseThrow(), StandardCharsets.UTF_8);
        });

        List.of("a", "b", "a", "c", "a").forEach(read);
        assertThat(made).hasValue(3);
        read.accept("b");

        assertThat(made).hasValue(4);
    }

    private record Texts(Map<String, String> texts) implements RevisionFiles {
        @Override
        public java.util.Optional<byte[]> read(String path) {
            return java.util.Optional.ofNullable(texts.get(path)).map(text -> text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public boolean exists(String path) {
            return texts.containsKey(path);
        }

        @Override
        public List<String> list(String directory) {
            return List.of();
        }

        @Override
        public List<String> pipelineFiles() {
            return List.of();
        }
    }
}
