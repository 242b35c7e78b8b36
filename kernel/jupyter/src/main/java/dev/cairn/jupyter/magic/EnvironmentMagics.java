package dev.cairn.jupyter.magic;

import dev.cairn.jupyter.extension.CompletionRequest;
import dev.cairn.jupyter.extension.KernelContext;
import dev.cairn.jupyter.extension.KernelExtension;
import dev.cairn.jupyter.extension.MagicCall;
import dev.cairn.jupyter.extension.MagicException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code %env}, {@code %cd} and {@code %pwd}: what commands and magics find around them. */
public final class EnvironmentMagics implements KernelExtension {
    // Notebooks are shown around; what lets others in should not stand in them by accident.
    private static final Pattern SECRET = Pattern.compile("(?i).*(key|token|secret|passw).*");
    private static final String ENV =
            """
            %env                 all environment variables; those that look secret without their values
            %env NAME            the value of one
            %env NAME=VALUE      sets it, for the commands and magics of this session
            %env NAME VALUE      the same
            Java's own System.getenv keeps what the kernel was started with.
            """;
    private static final String CD =
            """
            %cd DIRECTORY        magics and commands work there from now on
            %cd ~ or %cd         the home directory
            %cd -                the directory before this one
            A Java process cannot move: relative paths of Java code stay where they are.
            """;

    private @Nullable Path previous;

    @Override
    public void install(KernelContext kernel) {
        kernel.registerLineMagic(
                "env", Documented.line(ENV, request -> names(kernel, request), EnvironmentMagics::environment));
        kernel.registerLineMagic(
                "cd", Documented.line(CD, FileNames.completer(kernel, Files::isDirectory), this::changeDirectory));
        kernel.registerLineMagic(
                "pwd",
                Documented.line(
                        "%pwd\nThe directory in which magics and commands work.",
                        Documented.Completer.of(),
                        call -> call.kernel().workingDirectory().toString()));
    }

    private static List<String> names(KernelContext kernel, CompletionRequest request) {
        return kernel.environment().keySet().stream()
                .filter(name -> name.startsWith(request.word()))
                .sorted()
                .toList();
    }

    private static @Nullable Object environment(MagicCall call) {
        String arguments = call.arguments();
        if (arguments.isEmpty()) {
            Map<String, String> shown = new TreeMap<>(call.kernel().environment());
            shown.replaceAll((name, value) -> SECRET.matcher(name).matches() ? "<hidden>" : value);
            return shown;
        }
        String[] parts = arguments.split("\\s*=\\s*|\\s+", 2);
        if (parts.length == 1) {
            return value(call.kernel(), parts[0]);
        }
        call.kernel().setEnvironmentVariable(parts[0], parts[1]);
        call.output().out().println("env: " + parts[0] + "=" + parts[1]);
        return null;
    }

    private static String value(KernelContext kernel, String name) {
        String value = kernel.environment().get(name);
        if (value == null) {
            throw new MagicException(
                    "UnknownVariable",
                    "There is no environment variable " + name + ".",
                    "'%env " + name + "=VALUE' sets it.");
        }
        return value;
    }

    private synchronized @Nullable Object changeDirectory(MagicCall call) {
        List<String> words = call.words();
        if (words.size() > 1) {
            throw new MagicException(
                    "NoSuchDirectory",
                    "There is no directory '" + call.arguments() + "'.",
                    "Put a name with blanks in quotes.");
        }
        Path here = call.kernel().workingDirectory();
        Path target = target(call.kernel(), words.isEmpty() ? "~" : words.get(0));
        if (!Files.isDirectory(target)) {
            throw new MagicException("NoSuchDirectory", "There is no directory '" + target + "'.", null);
        }
        call.kernel().changeDirectory(target);
        previous = here;
        call.output().out().print(target + "\n");
        return null;
    }

    private Path target(KernelContext kernel, String name) {
        if (!name.equals("-")) {
            return FileNames.resolve(kernel, name);
        }
        if (previous == null) {
            throw new MagicException("NoSuchDirectory", "There is no directory to go back to.", null);
        }
        return previous;
    }
}
