package dev.cairn.jupyter.magic;

import dev.cairn.jupyter.extension.KernelContext;
import dev.cairn.jupyter.extension.KernelExtension;
import dev.cairn.jupyter.extension.MagicCall;
import dev.cairn.jupyter.extension.MagicException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code %classpath} and {@code %jars}. */
final class ClassPathMagics implements KernelExtension {
    private static final String CLASSPATH =
            """
            %classpath                   what was added to the class path, in order
            %classpath JAR|DIRECTORY…    adds jars and directories of classes; lib/*.jar and lib/**.jar take all that fit
            """;
    private static final String JARS =
            """
            %jars JAR…                   adds jars to the class path, as in %jars lib/*.jar, and lists what was added
            """;

    @Override
    public void install(KernelContext kernel) {
        var jars = FileNames.completer(kernel, file -> file.toString().endsWith(".jar"));
        kernel.registerLineMagic("classpath", Documented.line(CLASSPATH, jars, ClassPathMagics::classPath));
        kernel.registerLineMagic("jars", Documented.line(JARS, jars, ClassPathMagics::jars));
    }

    private static @Nullable Object classPath(MagicCall call) throws IOException {
        if (call.words().isEmpty()) {
            return call.kernel().addedClassPath().stream().map(Path::toString).toList();
        }
        call.kernel().addToClassPath(List.copyOf(find(call)));
        return null;
    }

    private static @Nullable Object jars(MagicCall call) throws IOException {
        if (call.words().isEmpty()) {
            throw new MagicException("UsageError", "%jars needs a jar.", "Name one, or all of a kind: %jars lib/*.jar");
        }
        List<Path> found = new ArrayList<>(find(call));
        found.removeAll(call.kernel().addedClassPath());
        call.kernel().addToClassPath(found);
        found.forEach(jar -> call.output().out().println("Added " + jar));
        return null;
    }

    private static Set<Path> find(MagicCall call) throws IOException {
        Set<Path> found = new LinkedHashSet<>();
        for (String word : call.words()) {
            List<Path> files = FilePattern.expand(FileNames.resolve(call.kernel(), word));
            if (files.isEmpty()) {
                throw new MagicException(
                        "FileNotFound", "There is no file " + FileNames.resolve(call.kernel(), word) + ".", null);
            }
            for (Path file : files) {
                found.add(file.toRealPath());
            }
        }
        return found;
    }
}
