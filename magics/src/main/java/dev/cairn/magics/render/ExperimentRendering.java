package dev.cairn.magics.render;

import dev.cairn.engine.experiment.ExperimentTable;
import dev.cairn.store.json.PythonJson;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** An experiment table in each of its forms. */
public final class ExperimentRendering {
    private final ExperimentTable table;
    private final ExperimentGrid grid;
    private final ShowOptions options;
    private final Clock clock;

    public ExperimentRendering(ExperimentTable table, ShowOptions options, Clock clock) {
        this.table = table;
        this.grid = ExperimentGridBuilder.build(table, options);
        this.options = options;
        this.clock = clock;
    }

    /** As DVC prints it to a terminal, however wide. */
    public String text() {
        return new ExperimentText(grid, clock, options.precision()).plain();
    }

    /** As DVC prints it with {@code --md}. */
    public String markdown() {
        return new ExperimentText(grid, clock, options.precision()).markdown();
    }

    /** For a Markdown reader: no cell can break the table or add markup. */
    String safeMarkdown() {
        return new ExperimentText(grid, clock, options.precision()).table().safeMarkdown();
    }

    public String csv() {
        return new ExperimentText(grid, clock, options.precision()).csv();
    }

    /** As DVC prints it with {@code --json}: everything, whatever the options drop. */
    public String json() {
        return PythonJson.dumps(table.toJson(clock.getZone()));
    }

    public String html() {
        return new ExperimentHtml(grid, table, options, clock).render();
    }

    /** Names that were asked for and do not exist. */
    public List<String> warnings() {
        return grid.warnings();
    }

    /** The table with only the chosen columns and in the chosen order, so that it shows itself so. */
    public ExperimentTable selection() {
        return TableSelection.of(table, grid);
    }

    /** What to say beside the table. */
    List<String> remarks() {
        return Stream.concat(grid.warnings().stream(), table.notes().stream()).toList();
    }
}
