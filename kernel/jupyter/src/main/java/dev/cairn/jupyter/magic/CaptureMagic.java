package dev.cairn.jupyter.magic;

import dev.cairn.jupyter.extension.CellMagic;
import dev.cairn.jupyter.extension.EvaluationException;
import dev.cairn.jupyter.extension.KernelContext;
import dev.cairn.jupyter.extension.KernelExtension;
import dev.cairn.jupyter.extension.MagicCall;
import dev.cairn.jupyter.extension.MagicException;
import dev.cairn.jupyter.output.CellScope;
import dev.cairn.jupyter.output.OutputArea;
import java.util.List;
import java.util.Optional;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/** {@code %%capture}: runs a cell without showing what it puts out. */
final class CaptureMagic implements CellMagic, KernelExtension {
    @Override
    public void install(KernelContext kernel) {
        kernel.registerCellMagic("capture", this);
    }

    @Override
    public @Nullable Object run(MagicCall call, String body) throws Exception {
        List<String> words = call.words();
        if (words.size() > 1 || (words.size() == 1 && !SourceVersion.isName(words.get(0)))) {
            throw new MagicException(
                    "UsageError", "'" + call.arguments() + "' is no name for a variable.", "Write %%capture NAME.");
        }
        CellScope scope = CellScope.current().orElseThrow(() -> new IllegalStateException("No cell is running"));
        var sink = new CapturingSink();
        try {
            runInto(scope, scope.output().into(sink), call.kernel(), body);
        } finally {
            if (!words.isEmpty()) {
                declare(scope, call.kernel(), words.get(0), sink.captured());
            }
        }
        return null;
    }

    @Override
    public Optional<String> help(String arguments) {
        return Optional.of(
                "%%capture [NAME]\nRuns the cell without showing what it puts out; keeps it in a variable when one"
                        + " is named: NAME.out(), NAME.err(), NAME.displays(), NAME.show().");
    }

    private static void runInto(CellScope scope, OutputArea area, KernelContext kernel, String body)
            throws EvaluationException, InterruptedException {
        try (CellScope.Entered entered = new CellScope(area, scope.magics(), false).enter()) {
            Object value = kernel.runCell(body);
            if (value != null) {
                area.display(value);
            }
        } finally {
            area.flush();
        }
    }

    private static void declare(CellScope scope, KernelContext kernel, String name, Captured captured)
            throws EvaluationException, InterruptedException {
        CellScope.MagicInvoker giver = (magic, arguments) -> captured;
        try (CellScope.Entered entered = new CellScope(scope.output(), giver, false).enter()) {
            kernel.runCell(Captured.class.getName() + " " + name + " = dev.cairn.jupyter.magic.InlineMagic.run(\"\");");
        }
    }
}
