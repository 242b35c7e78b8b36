package dev.cairn.jupyter.eval;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Reads code with javac's parser, as if it were the body of a method. Not for several threads at once. */
final class CellParser implements AutoCloseable {
    private static final String HEAD = "class C { void m() throws Throwable {";
    // Ends a last expression without a semicolon, and a comment to the end of the line.
    private static final String TAIL = "\n;}}";

    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final List<String> options;
    private final StandardJavaFileManager files =
            CompilerPlugins.without(compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8));

    CellParser(List<String> options) {
        this.options = List.copyOf(options);
    }

    /** The statements; empty when the code is more than statements, such as a method or an import, or is broken. */
    Optional<List<CellStatement>> statements(String code) {
        return statements(code, 0, code.length());
    }

    /** The statements of a part of the code; their places are those in the whole code. */
    Optional<List<CellStatement>> statements(String code, int from, int to) {
        var problems = new DiagnosticCollector<JavaFileObject>();
        var task = (JavacTask)
                compiler.getTask(null, files, problems, options, null, List.of(new Source(code.substring(from, to))));
        CompilationUnitTree unit;
        try {
            unit = task.parse().iterator().next();
        } catch (IOException e) {
            throw new UncheckedIOException("A source in memory cannot be read", e);
        }
        boolean isSound = problems.getDiagnostics().stream()
                .allMatch(problem -> "compiler.err.not.stmt".equals(problem.getCode())
                        || problem.getKind() != javax.tools.Diagnostic.Kind.ERROR);
        if (!isSound) {
            return Optional.empty();
        }
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        int shift = HEAD.length() - from;
        return body(unit).map(trees -> grouped(trees, unit, positions, code.substring(0, to), shift));
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    /** The method's statements, unless braces in the code made more than one method of it. */
    private static Optional<List<? extends StatementTree>> body(CompilationUnitTree unit) {
        List<? extends Tree> types = unit.getTypeDecls();
        boolean isOneMethod = types.size() == 1
                && types.get(0) instanceof ClassTree type
                && type.getMembers().size() == 1
                && type.getMembers().get(0) instanceof MethodTree;
        if (!isOneMethod) {
            return Optional.empty();
        }
        var method = (MethodTree) ((ClassTree) types.get(0)).getMembers().get(0);
        return Optional.of(method.getBody().getStatements());
    }

    private static List<CellStatement> grouped(
            List<? extends StatementTree> trees,
            CompilationUnitTree unit,
            SourcePositions positions,
            String code,
            int shift) {
        List<CellStatement> found = new ArrayList<>();
        List<StatementTree> declarators = new ArrayList<>();
        for (StatementTree tree : trees) {
            boolean isSameDeclaration = tree instanceof VariableTree
                    && !declarators.isEmpty()
                    && declarators.get(0) instanceof VariableTree
                    && positions.getStartPosition(unit, tree) == positions.getStartPosition(unit, declarators.get(0));
            if (!isSameDeclaration && !declarators.isEmpty()) {
                found.add(CellStatement.of(declarators, unit, positions, code, shift));
                declarators.clear();
            }
            boolean isCode = positions.getStartPosition(unit, tree) - shift < code.length();
            if (isCode && tree.getKind() != Tree.Kind.EMPTY_STATEMENT) {
                declarators.add(tree);
            }
        }
        if (!declarators.isEmpty()) {
            found.add(CellStatement.of(declarators, unit, positions, code, shift));
        }
        return found;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String code) {
            super(URI.create("cell:///C.java"), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return HEAD + code + TAIL;
        }
    }
}
