package dev.cairn.jupyter.magic;

import dev.cairn.jupyter.extension.KernelContext;
import dev.cairn.jupyter.extension.KernelExtension;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.Map;

/** Cells that are shown as they are: {@code %%html}, {@code %%markdown}, {@code %%javascript}, {@code %%svg}, {@code %%latex}. */
final class MarkupMagics implements KernelExtension {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html",
            "javascript", "application/javascript",
            "js", "application/javascript",
            "latex", "text/latex",
            "markdown", "text/markdown",
            "svg", "image/svg+xml");

    @Override
    public void install(KernelContext kernel) {
        TYPES.forEach((name, type) -> kernel.registerCellMagic(
                name,
                Documented.cell(
                        "%%" + name + "\nShows the cell as " + type + ".",
                        Documented.Completer.of(),
                        (call, body) -> call.output().display(bundle(type, body)))));
    }

    private static DisplayData bundle(String type, String body) {
        var data = new DisplayData(body);
        data.putData(MIMEType.parse(type), body);
        return data;
    }
}
