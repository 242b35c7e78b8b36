package dev.cairn.magics.render;

import dev.cairn.engine.experiment.ExperimentRange;
import dev.cairn.engine.experiment.RevisionState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table of {@code exp show} as rows and columns, before it becomes text or HTML.
 *
 * @param columns those to show, in order; the fixed ones first
 * @param warnings what was asked for and not found
 */
record ExperimentGrid(List<Column> columns, List<Row> rows, List<String> warnings) {
    ExperimentGrid {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        warnings = List.copyOf(warnings);
    }

    enum Kind {
        EXPERIMENT,
        REV,
        TYPE,
        CREATED,
        PARENT,
        STATE,
        EXECUTOR,
        METRIC,
        PARAM,
        DEPENDENCY
    }

    /**
     * @param header what stands above: the name, with its file where two files have the name
     * @param file of a metric or parameter; the path of a dependency
     * @param name of a metric or parameter
     */
    record Column(Kind kind, String header, String file, String name) {
        static Column fixed(Kind kind, String header) {
            return new Column(kind, header, "", "");
        }
    }

    /** Where a row stands in the tree, with DVC's name and drawing for it. */
    enum Position {
        BASELINE("baseline", ""),
        CHECKPOINT_TIP("checkpoint_tip", "│ ╓ "),
        CHECKPOINT("checkpoint_commit", "│ ╟ "),
        CHECKPOINT_BASE("checkpoint_base", "├─╨ "),
        EXPERIMENT("branch_commit", "├── "),
        LAST_EXPERIMENT("branch_base", "└── ");

        private final String label;
        private final String tree;

        Position(String label, String tree) {
            this.label = label;
            this.tree = tree;
        }

        String label() {
            return label;
        }

        String tree() {
            return tree;
        }
    }

    /** A value in a metric, parameter or dependency column. */
    record Cell(@Nullable Object value, boolean unreadable) {
        static final Cell MISSING = new Cell(null, false);
        static final Cell UNREADABLE = new Cell(null, true);

        String text(int digits, String missing) {
            if (unreadable) {
                return "!";
            }
            return value == null ? missing : CellText.significant(value, digits);
        }

        String exact(String missing) {
            if (unreadable) {
                return "!";
            }
            return value == null ? missing : CellText.exact(value);
        }

        boolean isPresent() {
            return value != null;
        }

        double number() {
            return value instanceof Number number ? number.doubleValue() : Double.NaN;
        }
    }

    /**
     * @param baseline which baseline the row belongs to, counted from 0
     * @param range the experiment; null in a baseline's own row
     * @param experiment the experiment's name; empty but in the row of its tip
     * @param rev as shown: 7 hex, {@code workspace}, or a baseline's name
     * @param cells beside {@link ExperimentGrid#columns()}; the fixed columns hold {@link Cell#MISSING}
     * @param remark star, tags and notes; empty for none
     */
    record Row(
            Position position,
            int baseline,
            @Nullable ExperimentRange range,
            RevisionState revision,
            String experiment,
            String rev,
            @Nullable Instant created,
            String state,
            String executor,
            List<Cell> cells,
            String remark) {
        /** Tree, commit and name as they stand in the first column. */
        String label() {
            String own = experiment.isEmpty()
                    ? rev
                    : position == Position.BASELINE ? experiment : rev + " [" + experiment + "]";
            return position.tree() + own + (remark.isEmpty() ? "" : " " + remark);
        }
    }

    List<Integer> indexesOf(Kind kind) {
        return java.util.stream.IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).kind() == kind)
                .boxed()
                .toList();
    }
}
