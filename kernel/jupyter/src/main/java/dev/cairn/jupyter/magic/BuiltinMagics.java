package dev.cairn.jupyter.magic;

import dev.cairn.jupyter.extension.KernelContext;
import dev.cairn.jupyter.extension.KernelExtension;
import dev.cairn.jupyter.extension.MagicCall;
import dev.cairn.jupyter.extension.MagicException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kernel's own magics: {@code %classpath}, {@code %lsmagic}, {@code %sh}, {@code %%sh}, {@code %time}, {@code %%time}. */
public final class BuiltinMagics implements KernelExtension {
    private final MagicRegistry registry;

    /** Makes them; {@code %lsmagic} lists the registry. */
    public BuiltinMagics(MagicRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void install(KernelContext kernel) {
        kernel.registerLineMagic("classpath", BuiltinMagics::addToClassPath);
        kernel.registerLineMagic("lsmagic", call -> list());
        kernel.registerLineMagic("sh", BuiltinMagics::outputLines);
        kernel.registerCellMagic("sh", BuiltinMagics::runScript);
        kernel.registerLineMagic("time", call -> time(call, call.arguments()));
        kernel.registerCellMagic("time", BuiltinMagics::time);
    }

    private String list() {
        return "Line magics: "
                + registry.lineNames().stream().map(name -> "%" + name).collect(Collectors.joining(" "))
                + "\nCell magics: "
                + registry.cellNames().stream().map(name -> "%%" + name).collect(Collectors.joining(" "))
                + "\n!command runs a command of the shell.";
    }

    private static @Nullable Object addToClassPath(MagicCall call) throws IOException {
        if (call.words().isEmpty()) {
            throw new MagicException(
                    "UsageError",
                    "The magic classpath needs a jar or a directory.",
                    "Name one, as in 'classpath lib/some.jar'.");
        }
        for (String word : call.words()) {
            Path path = call.kernel().workingDirectory().resolve(word);
            if (!Files.exists(path)) {
                throw new MagicException("FileNotFound", "There is no file " + path + ".", null);
            }
            call.kernel().addToClassPath(path.toRealPath());
        }
        return null;
    }

    private static List<String> outputLines(MagicCall call) throws IOException, InterruptedException {
        var bytes = new ByteArrayOutputStream();
        var out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        int status = new ShellCommand(call.kernel())
                .run(call.arguments(), out, call.output().err());
        if (status != 0) {
            throw MagicRunner.commandFailed(status);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static @Nullable Object runScript(MagicCall call, String body) throws IOException, InterruptedException {
        int status = new ShellCommand(call.kernel()).run(body, call.output());
        if (status != 0) {
            throw MagicRunner.commandFailed(status);
        }
        return null;
    }

    private static @Nullable Object time(MagicCall call, String code) throws Exception {
        long start = System.nanoTime();
        try {
            return call.kernel().runCell(code);
        } finally {
            double seconds = (System.nanoTime() - start) / 1e9;
            call.output()
                    .out()
                    .println(
                            seconds < 1
                                    ? String.format(Locale.ROOT, "Time: %.1f ms", seconds * 1000)
                                    : String.format(Locale.ROOT, "Time: %.2f s", seconds));
        }
    }
}
