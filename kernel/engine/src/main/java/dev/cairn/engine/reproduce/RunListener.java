package dev.cairn.engine.reproduce;

import dev.cairn.engine.pipeline.Stage;
import dev.cairn.engine.pipeline.StageAddress;
import java.util.List;

/** Hears what happens while a pipeline runs. Called from the thread that runs it and, for output, from readers' threads. */
public interface RunListener {
    /** A listener that hears nothing. */
    RunListener SILENT = new RunListener() {};

    /** Before anything runs: the stages that will be looked at, in order. */
    default void planned(List<Stage> stages) {}

    /** Several stages may run at the same time from here on: what is told of one comes between what is told of others. */
    default void runsInParallel() {}

    /** An experiment is about to run. */
    default void experimentStarted(ExperimentStart start) {}

    /** Data is about to be brought from a remote. */
    default void pulling(Stage stage) {}

    /** The stage did not change. */
    default void stageSkipped(StageAddress stage) {}

    /** The stage's command starts. */
    default void stageStarted(Stage stage, List<String> commands) {}

    /** The stage's outputs come from the run cache. */
    default void stageRestored(StageAddress stage) {}

    /** A data file, or the outputs of a frozen stage, are verified. */
    default void stageVerified(Stage stage) {}

    /** What a stage's command printed, as it came. The bytes may end inside a character. */
    default void output(StageAddress stage, byte[] bytes, boolean isError) {}

    /** A stage's command has ended: what is still to come of its output is of processes that it left behind. */
    default void outputEnded(StageAddress stage) {}

    /** A lock file was written. */
    default void lockFileWritten(String path, boolean created) {}

    /** A stage ended well. */
    default void stageFinished(StageAddress stage) {}

    /** A checkpoint was committed. */
    default void checkpointRecorded(CheckpointEvent event) {}

    /** Something that the user should know but that stops nothing. */
    default void warning(String message) {}

    /** Plain progress text, as DVC prints it. */
    default void message(String message) {}

    /** How an experiment begins. */
    enum Continuation {
        NEW,
        RESUMED,
        FORKED,
        RESET
    }

    /**
     * How an experiment begins.
     *
     * @param name the experiment's own name, the one its ref has or will have
     * @param from what goes on: name of the experiment that is resumed or forked; empty for a new one
     * @param fromRevision the commit that goes on (40 hex), the baseline for a new one
     */
    record ExperimentStart(String name, Continuation continuation, String from, String fromRevision) {}

    /**
     * A checkpoint that was committed.
     *
     * @param number counted from 1 within this run
     * @param revision the commit, 40 hex
     * @param metrics every number in the project's metric files at this moment, by dotted name
     */
    record CheckpointEvent(
            StageAddress stage,
            String experiment,
            int number,
            String revision,
            java.util.Map<String, Object> metrics) {}
}
