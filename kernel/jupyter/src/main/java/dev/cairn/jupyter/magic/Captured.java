package dev.cairn.jupyter.magic;

import dev.cairn.jupyter.display.MimeBundle;
import dev.cairn.jupyter.output.CellScope;
import java.util.List;

/**
 * What a cell put out under {@code %%capture}.
 *
 * @param out its standard output
 * @param err its standard error
 * @param displays what it showed, its value included
 */
public record Captured(String out, String err, List<MimeBundle> displays) {
    public Captured {
        displays = List.copyOf(displays);
    }

    /** Puts all of it out now. */
    public void show() {
        CellScope.current().map(CellScope::output).ifPresent(output -> {
            output.out().print(out);
            output.err().print(err);
            displays.forEach(output::show);
        });
    }

    @Override
    public String toString() {
        return out;
    }
}
