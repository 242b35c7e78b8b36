package dev.cairn.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.TestProject;
import dev.cairn.engine.data.AddRequest;
import dev.cairn.engine.data.DataCheckout;
import dev.cairn.engine.data.DataTracker;
import dev.cairn.engine.data.DataTransfer;
import dev.cairn.engine.data.TransferScope;
import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.experiment.GarbageCollector.Collected;
import dev.cairn.engine.experiment.GarbageCollector.Request;
import dev.cairn.engine.experiment.GarbageCollector.Scope;
import dev.cairn.engine.pipeline.TargetSelection;
import dev.cairn.engine.project.ConfigEditor;
import dev.cairn.engine.project.ProjectConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GarbageCollectorTest {
    private static final Scope WORKSPACE = new Scope(List.of(), 1, false, false, false, false, null);
    private static final Scope ALL_COMMITS = new Scope(List.of(), 1, false, false, true, false, null);
    private static final Scope EXPERIMENTS = new Scope(List.of(), 1, false, false, false, true, null);

    @TempDir
    Path dir;

    private TestProject project;

    @BeforeEach
    void makeTwoVersions() {
        project = TestProject.withCheckpoints(dir, 2);
        project.file("d/x", "old\n").file("d/same", "same\n");
        add();
        project.commit();
        project.file("d/x", "new\n");
        add();
        project.commit();
    }

    @AfterEach
    void close() {
        project.close();
    }

    private void add() {
        new DataTracker(project.project()).add(AddRequest.of(List.of("d"), true));
    }

    private Collected collect(Scope scope) {
        return collect(scope, Optional.empty());
    }

    private Collected collect(Scope scope, Optional<DataTransfer> cleaned) {
        return new GarbageCollector(project.project())
                .collect(scope, new Request(cleaned, Optional.empty(), List.of(), false, question -> false));
    }

    @Test
    void whatTheWorkspaceUsesStays() {
        assertThat(collect(ALL_COMMITS)).isEqualTo(new Collected(0, 0, 0));

        Collected collected = collect(WORKSPACE);

        assertThat(collected.objects()).isEqualTo(2); // the old file and the old directory
        assertThat(collected.bytes()).isGreaterThan(4);
        project.sh("rm -r d");
        new DataCheckout(project.project()).checkout(TargetSelection.ALL, DataCheckout.Options.PLAIN);
        assertThat(project.read("d/x") + project.read("d/same")).isEqualTo("new\nsame\n");
    }

    @Test
    void whatWaitsInTheQueueKeepsItsData() {
        new QueueControl(project.project()).add(ExperimentRequest.of(), null, List.of());
        project.file("d/x", "newest\n");
        add();

        collect(WORKSPACE);

        assertThat(project.sh("grep -rlx new .dvc/cache | wc -l").strip()).isEqualTo("1");
        assertThat(project.sh("grep -rlx old .dvc/cache | wc -l").strip()).isEqualTo("0");
    }

    @Test
    void checkpointsOfExperimentsStayWhenTheyAreInTheScope() throws Exception {
        project.experiment();
        project.sh("git checkout -q . && rm -f model.txt dvc.lock metrics.yaml");

        String models = "grep -rl '^epoch' .dvc/cache --exclude-dir=runs | wc -l";

        collect(EXPERIMENTS);

        assertThat(project.sh(models).strip()).isEqualTo("2");

        collect(WORKSPACE);

        assertThat(project.sh(models).strip()).isEqualTo("0");
    }

    @Test
    void aRevisionThatCannotBeReadStopsItBeforeAnythingIsRemoved() {
        project.file("dvc.yaml", "stages: [").commit();
        project.sh("git checkout -q HEAD~1 -- dvc.yaml");
        String before = project.sh("find .dvc/cache -type f | sort");

        assertThatThrownBy(() -> collect(ALL_COMMITS)).isInstanceOf(InvalidFileException.class);

        assertThat(project.sh("find .dvc/cache -type f | sort")).isEqualTo(before);
    }

    @Test
    void theRemoteKeepsWhatIsUsedAlsoWhenTheCacheIsEmpty() {
        Path folder = dir.resolve("remote");
        new ConfigEditor(project.project().dvcDirectory(), project.project().environment(), ProjectConfig.Level.PROJECT)
                .addRemote("r", folder.toString(), true, false);
        project.project().refresh(project.project().environment());
        DataTransfer remote = new DataTransfer(project.project(), Optional.empty(), 2);
        remote.push(TransferScope.of(List.of()), false);
        project.sh("mkdir ../remote/aa && echo junk > ../remote/aa/" + "0".repeat(30) + " && rm -rf .dvc/cache");

        Collected collected = collect(WORKSPACE, Optional.of(remote));

        assertThat(collected.remoteObjects()).isEqualTo(1);
        assertThat(project.sh("find ../remote -type f | wc -l").strip()).isEqualTo("3");
        assertThat(remote.compare(TransferScope.of(List.of())).values()).containsOnly(DataTransfer.RemoteState.DELETED);
    }
}
