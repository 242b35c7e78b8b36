package dev.cairn.jupyter.magic;

import dev.cairn.jupyter.extension.KernelContext;
import dev.cairn.jupyter.extension.KernelExtension;
import dev.cairn.jupyter.extension.MagicCall;
import dev.cairn.jupyter.extension.MagicException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code %sh}, {@code %%sh} and {@code %%bash}. */
public final class ShellMagics implements KernelExtension {
    private static final String SH =
            """
            %sh COMMAND          runs a command and gives the lines it prints; fails when the command does
            %%sh                 runs the cell as a script of the shell
            %%bash               runs the cell as a script of bash
            !COMMAND             runs a command and shows what it prints
            var x = !COMMAND     keeps it: a list of lines, with x.out() and x.status()
            """;

    @Override
    public void install(KernelContext kernel) {
        Documented.Completer words = new ShellCompletion(kernel)::words;
        kernel.registerLineMagic("sh", Documented.line(SH, words, ShellMagics::outputLines));
        kernel.registerCellMagic(
                "sh",
                Documented.cell(
                        SH,
                        Documented.Completer.of(),
                        (call, body) -> runScript(new ShellCommand(kernel), call, body)));
        kernel.registerCellMagic(
                "bash",
                Documented.cell(
                        SH,
                        Documented.Completer.of(),
                        (call, body) -> runScript(ShellCommand.bash(kernel), call, body)));
    }

    private static List<String> outputLines(MagicCall call) throws IOException, InterruptedException {
        ShellOutput output = new ShellCommand(call.kernel())
                .capture(call.arguments(), call.output().err());
        failUnlessZero(output.status());
        return List.copyOf(output);
    }

    private static @Nullable Object runScript(ShellCommand shell, MagicCall call, String body)
            throws IOException, InterruptedException {
        failUnlessZero(shell.run(body, call.output()));
        return null;
    }

    private static void failUnlessZero(int status) {
        if (status != 0) {
            throw new MagicException("CommandFailed", "The shell ended with exit status " + status + ".", null);
        }
    }
}
