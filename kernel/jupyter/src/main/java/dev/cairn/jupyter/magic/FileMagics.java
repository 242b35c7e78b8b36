package dev.cairn.jupyter.magic;

import dev.cairn.jupyter.extension.KernelContext;
import dev.cairn.jupyter.extension.KernelExtension;
import dev.cairn.jupyter.extension.MagicCall;
import dev.cairn.jupyter.extension.MagicException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code %load} and {@code %%writefile}. */
final class FileMagics implements KernelExtension {
    private static final String LOAD =
            """
            %load FILE|URL
            Puts the text of a file or an address into this cell, to be looked at and run.
            """;
    private static final String WRITE =
            """
            %%writefile [-a] FILE
            Writes the cell into a file, or with -a to its end.
            """;

    @Override
    public void install(KernelContext kernel) {
        var files = FileNames.completer(kernel, Files::isRegularFile);
        kernel.registerLineMagic("load", Documented.line(LOAD, files, FileMagics::load));
        kernel.registerCellMagic(
                "writefile",
                Documented.cell(WRITE, Documented.Completer.of("-a").and(files), FileMagics::write));
    }

    private static @Nullable Object load(MagicCall call) throws IOException {
        String source = onlyWord(call.words(), "%load FILE");
        String text = read(call.kernel(), source);
        call.kernel().setNextInput("// %load " + call.arguments() + "\n" + text, true);
        return null;
    }

    private static String read(KernelContext kernel, String source) throws IOException {
        if (source.matches("(?i)(https?|file):.+")) {
            try (var stream = URI.create(source).toURL().openStream()) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        Path file = FileNames.resolve(kernel, source);
        if (!Files.isRegularFile(file)) {
            throw new MagicException("FileNotFound", "There is no file " + file + ".", null);
        }
        return Files.readString(file);
    }

    private static @Nullable Object write(MagicCall call, String body) throws IOException {
        List<String> words = new ArrayList<>(call.words());
        boolean appends = words.removeIf(word -> word.equals("-a") || word.equals("--append"));
        Path file = FileNames.resolve(call.kernel(), onlyWord(words, "%%writefile FILE"));
        boolean isThere = Files.exists(file);
        String text = body.isEmpty() || body.endsWith("\n") ? body : body + "\n";
        try {
            if (appends) {
                Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } else {
                Files.writeString(file, text);
            }
        } catch (NoSuchFileException e) {
            throw new MagicException(
                    "FileNotFound",
                    "There is no directory " + file.getParent() + ".",
                    "Make it first: !mkdir -p " + file.getParent(),
                    e);
        }
        String verb = !isThere ? "Wrote " : appends ? "Appended to " : "Overwrote ";
        call.output().out().println(verb + file + " (" + lines(text) + ")");
        return null;
    }

    private static String lines(String text) {
        long count = text.lines().count();
        return count == 1 ? "1 line" : count + " lines";
    }

    private static String onlyWord(List<String> words, String usage) {
        if (words.size() != 1) {
            throw new MagicException(
                    "UsageError",
                    words.isEmpty() ? "The file's name is missing." : "One file, please, not " + words + ".",
                    "Write " + usage + "; a name with blanks in quotes.");
        }
        return words.get(0);
    }
}
