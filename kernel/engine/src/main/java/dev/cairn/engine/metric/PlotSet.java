package dev.cairn.engine.metric;

import java.util.List;

/** The plots of {@code plots show} or {@code plots diff}, and what could not be read. */
public record PlotSet(List<Plot> plots, List<Problem> problems) {
    public PlotSet {
        plots = List.copyOf(plots);
        problems = List.copyOf(problems);
    }

    /**
     * Why a file or plot cannot be read.
     *
     *
     * @param type DVC's name for the kind of error
     */
    public record Problem(String name, String rev, String source, String type, String message) {}
}
