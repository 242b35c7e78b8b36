package dev.cairn.jupyter.eval;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ErroneousTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a cell as javac reads it.
 *
 * @param start where it begins in the code
 * @param end where it ends
 * @param form what it is
 * @param variables what it declares
 * @param names the names it mentions
 * @param captured the names it mentions within lambdas and classes, which outlive it
 * @param lacksSemicolon whether it is the last of its cell and its semicolon was left out
 */
record CellStatement(
        int start,
        int end,
        Form form,
        List<Variable> variables,
        Set<String> names,
        Set<String> captured,
        boolean lacksSemicolon) {
    CellStatement {
        variables = List.copyOf(variables);
        names = Set.copyOf(names);
        captured = Set.copyOf(captured);
    }

    /** How a statement may be run together with others. */
    enum Form {
        /** Declares variables. */
        DECLARATION,
        /** Runs, and has no value. */
        ACTION,
        /** A method call, which may or may not have a value. */
        CALL,
        /** Has a value to be shown. */
        VALUE,
        /** To be left to JShell. */
        ALONE
    }

    /**
     * A declared variable.
     *
     * @param type its type as written
     * @param isInferred whether it is declared by {@code var}
     * @param initializer what it begins with
     * @param initializerStart where that begins in the code
     * @param initializerEnd where that ends
     */
    record Variable(
            String name,
            String type,
            boolean isInferred,
            @Nullable ExpressionTree initializer,
            int initializerStart,
            int initializerEnd) {
        boolean isArrayInBraces() {
            return initializer instanceof NewArrayTree array && array.getType() == null;
        }
    }

    /** A piece of code that is no statement, such as a method. */
    static CellStatement alone(int start, int end, boolean lacksSemicolon) {
        return new CellStatement(start, end, Form.ALONE, List.of(), Set.of(), Set.of(), lacksSemicolon);
    }

    /** Its text for JShell, which wants semicolons. */
    String source(String code) {
        return code.substring(start, end) + (lacksSemicolon ? "\n;" : "");
    }

    /** Reads a statement, or the declarators of one declaration. */
    static CellStatement of(
            List<StatementTree> trees, CompilationUnitTree unit, SourcePositions positions, String code, int shift) {
        StatementTree first = trees.get(0);
        StatementTree last = trees.get(trees.size() - 1);
        int start = (int) positions.getStartPosition(unit, first) - shift;
        int end = (int) positions.getEndPosition(unit, last) - shift;
        var mentions = new Mentions();
        trees.forEach(tree -> mentions.scan(tree, null));
        List<Variable> variables = new ArrayList<>();
        Form form = mentions.returns ? Form.ALONE : form(first);
        for (StatementTree tree : trees) {
            if (form == Form.DECLARATION) {
                Variable variable = variable((VariableTree) tree, unit, positions, code, shift);
                variables.add(variable);
                form = isPlain((VariableTree) tree, variable, unit, positions, code, shift) ? form : Form.ALONE;
            }
        }
        // The parser was given a semicolon behind the code.
        boolean lacksSemicolon = end > code.length();
        return new CellStatement(
                start,
                Math.min(code.length(), end),
                form,
                variables,
                mentions.names,
                mentions.captured,
                lacksSemicolon);
    }

    private static Form form(StatementTree tree) {
        return switch (tree.getKind()) {
            case VARIABLE -> Form.DECLARATION;
            case EXPRESSION_STATEMENT -> expressionForm(((ExpressionStatementTree) tree).getExpression());
            case IF, FOR_LOOP, ENHANCED_FOR_LOOP, WHILE_LOOP, DO_WHILE_LOOP, TRY, SWITCH, BLOCK, SYNCHRONIZED -> Form
                    .ACTION;
            default -> Form.ALONE;
        };
    }

    private static Form expressionForm(ExpressionTree expression) {
        if (expression instanceof ErroneousTree erroneous) {
            boolean isOne = erroneous.getErrorTrees().size() == 1
                    && erroneous.getErrorTrees().get(0) instanceof ExpressionTree inner
                    && !(inner instanceof LambdaExpressionTree);
            return isOne ? Form.VALUE : Form.ALONE;
        }
        if (expression instanceof MethodInvocationTree call) {
            return call.getMethodSelect().toString().matches("System\\.(out|err)\\.print(ln)?")
                    ? Form.ACTION
                    : Form.CALL;
        }
        return switch (expression.getKind()) {
            case NEW_CLASS -> Form.CALL;
            case PREFIX_INCREMENT, PREFIX_DECREMENT, POSTFIX_INCREMENT, POSTFIX_DECREMENT -> Form.VALUE;
            default -> Form.ACTION;
        };
    }

    private static Variable variable(
            VariableTree tree, CompilationUnitTree unit, SourcePositions positions, String code, int shift) {
        ExpressionTree initializer = tree.getInitializer();
        int start = initializer == null ? -1 : (int) positions.getStartPosition(unit, initializer) - shift;
        int end = initializer == null ? -1 : (int) positions.getEndPosition(unit, initializer) - shift;
        int typeStart = (int) positions.getStartPosition(unit, tree.getType()) - shift;
        int typeEnd = (int) positions.getEndPosition(unit, tree.getType()) - shift;
        boolean hasType = typeStart >= 0 && typeEnd > typeStart && typeEnd <= code.length();
        String type = hasType ? code.substring(typeStart, typeEnd) : "var";
        return new Variable(tree.getName().toString(), type, type.equals("var"), initializer, start, end);
    }

    /** No modifiers, no annotations, brackets and comments only where they do no harm. */
    private static boolean isPlain(
            VariableTree tree,
            Variable variable,
            CompilationUnitTree unit,
            SourcePositions positions,
            String code,
            int shift) {
        boolean hasModifiers = !tree.getModifiers().getFlags().isEmpty()
                || !tree.getModifiers().getAnnotations().isEmpty();
        if (hasModifiers
                || !variable.type().matches("[\\w.<>, ?\\[\\]]+")
                || variable.name().length() == 0) {
            return false;
        }
        int end = variable.initializer() == null
                ? (int) positions.getEndPosition(unit, tree) - shift
                : variable.initializerStart();
        int nameStart = (int) positions.getStartPosition(unit, tree) - shift;
        String head = code.substring(Math.max(0, nameStart), Math.min(code.length(), Math.max(nameStart, end)));
        // "int a[]" says a part of the type behind the name.
        return !head.replace(variable.type(), "").contains("[");
    }

    private static final class Mentions extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final Set<String> names = new HashSet<>();
        private final Set<String> captured = new HashSet<>();
        private boolean returns;
        private int depth;

        @Override
        public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void unused) {
            names.add(tree.getName().toString());
            if (depth > 0) {
                captured.add(tree.getName().toString());
            }
            return super.visitIdentifier(tree, null);
        }

        @Override
        public @Nullable Void visitErroneous(ErroneousTree tree, @Nullable Void unused) {
            return scan(tree.getErrorTrees(), null);
        }

        @Override
        public @Nullable Void visitReturn(ReturnTree tree, @Nullable Void unused) {
            returns |= depth == 0;
            return super.visitReturn(tree, null);
        }

        @Override
        public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void unused) {
            depth++;
            super.visitLambdaExpression(tree, null);
            depth--;
            return null;
        }

        @Override
        public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
            depth++;
            super.visitClass(tree, null);
            depth--;
            return null;
        }
    }
}
