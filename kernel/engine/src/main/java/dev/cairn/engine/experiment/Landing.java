package dev.cairn.engine.experiment;

import dev.cairn.engine.project.Project;
import org.eclipse.jgit.lib.ObjectId;

/** Where the commits of a run come to: the project that keeps the experiment, which need not be the one that the stages run in. */
class Landing {
    private final Project home;

    Landing(Project home) {
        this.home = home;
    }

    final Project home() {
        return home;
    }

    /** Takes a commit as soon as it is made. The stage waits, and nothing is removed from the cache meanwhile. */
    void land(ObjectId commit) {}

    /** What takes its time after that. */
    void landed(ExperimentRef experiment) {}
}
