package dev.cairn.magics.session;

import dev.cairn.jupyter.extension.LineMagic;
import dev.cairn.jupyter.extension.MagicCall;
import dev.cairn.jupyter.extension.MagicException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code %cd DIRECTORY}: magics and shell commands work there from now on. */
final class ChangeDirectoryMagic implements LineMagic {
    @Override
    public @Nullable Object run(MagicCall call) {
        List<String> words = call.words();
        String target = words.isEmpty() ? "~" : words.get(0);
        String home = call.kernel().environment().getOrDefault("HOME", System.getProperty("user.home"));
        String expanded = target.equals("~") || target.startsWith("~/") ? home + target.substring(1) : target;
        Path directory = call.kernel().workingDirectory().resolve(expanded).normalize();
        if (words.size() > 1 || !Files.isDirectory(directory)) {
            throw new MagicException(
                    "ERROR",
                    "There is no directory '%s'.".formatted(words.size() > 1 ? call.arguments() : directory),
                    words.size() > 1 ? "Put a name with blanks in quotes." : null);
        }
        call.kernel().changeDirectory(directory);
        call.output().out().print(directory + "\n");
        return null;
    }

    @Override
    public Optional<String> help(String arguments) {
        return Optional.of(
                "%cd DIRECTORY\nMagics and shell commands work there from now on. Java's own paths stay as they are.");
    }
}
