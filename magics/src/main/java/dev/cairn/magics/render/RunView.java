package dev.cairn.magics.render;

import dev.cairn.engine.reproduce.RunListener.CheckpointEvent;
import java.util.List;

/**
 * A run at one moment, as a notebook shows it.
 *
 * @param title what runs
 * @param origin what it goes on from, in words; empty for a new start
 * @param seconds since it began
 * @param output the last lines that stages printed
 */
public record RunView(
        String title,
        String origin,
        State state,
        double seconds,
        List<StageLine> stages,
        List<CheckpointEvent> checkpoints,
        List<String> output,
        List<String> warnings) {
    public RunView {
        stages = List.copyOf(stages);
        checkpoints = List.copyOf(checkpoints);
        output = List.copyOf(output);
        warnings = List.copyOf(warnings);
    }

    /** How far a run, or a stage of it, has come. */
    public enum State {
        WAITING("○", "waiting"),
        RUNNING("▶", "running"),
        DONE("✓", "done"),
        SKIPPED("–", "did not change"),
        RESTORED("⟲", "from the run cache"),
        INTERRUPTED("■", "interrupted"),
        FAILED("✗", "failed");

        private final String glyph;
        private final String word;

        State(String glyph, String word) {
            this.glyph = glyph;
            this.word = word;
        }

        String label() {
            return glyph + " " + word;
        }

        String glyph() {
            return glyph;
        }
    }

    /** @param seconds how long it has run; 0 when it did not */
    public record StageLine(String name, State state, double seconds) {}

    boolean isOver() {
        return state != State.RUNNING && state != State.WAITING;
    }
}
