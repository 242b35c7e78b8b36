package dev.cairn.jupyter.eval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/** Plug-ins of the compiler, of which cells have none. */
final class CompilerPlugins {
    private CompilerPlugins() {}

    /** Has the compiler look nowhere for them: it would search every jar of the class path, for every piece of code anew. */
    static StandardJavaFileManager without(StandardJavaFileManager files) {
        try {
            files.setLocation(StandardLocation.ANNOTATION_PROCESSOR_PATH, List.of());
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("javac cannot be told that it has no plug-ins", e);
        }
    }
}
