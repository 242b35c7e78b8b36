package dev.cairn.engine.experiment;

import java.util.List;
import org.eclipse.jgit.lib.ObjectId;

/** Names of experiments by the commit they start from. */
public record ExperimentList(List<Group> groups) {
    public ExperimentList {
        groups = List.copyOf(groups);
    }

    /**
     * @param name tag, branch or 7 hex digits of the baseline
     * @param experiments newest first
     */
    public record Group(String name, ObjectId baseline, List<Entry> experiments) {
        public Group {
            experiments = List.copyOf(experiments);
        }
    }

    public record Entry(ExperimentRef ref, ObjectId tip) {}
}
