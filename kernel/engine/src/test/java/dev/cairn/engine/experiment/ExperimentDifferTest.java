package dev.cairn.engine.experiment;

import static dev.cairn.engine.experiment.GoldenExperiments.assertPrints;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentDifferTest {
    @Test
    void comparesExperimentsAsDvcDoes(@TempDir Path root) throws IOException, GitAPIException {
        try (GoldenExperiments project = GoldenExperiments.unpack(root)) {
            var differ = new ExperimentDiffer(project.refs, project.states);

            assertPrints(differ.diff("third", "fourth", false, false).toJson(), "exp-diff.json");
            assertPrints(differ.diff("first", "third", true, false).toJson(), "exp-diff-all.json");
            assertPrints(differ.diff("first", "workspace", false, false).toJson(), "exp-diff-workspace.json");
        }
    }
}
