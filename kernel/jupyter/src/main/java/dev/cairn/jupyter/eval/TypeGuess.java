package dev.cairn.jupyter.eval;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The type of an expression as far as its text alone shows it; what is not plain is left to the compiler. */
final class TypeGuess {
    private static final List<String> NUMBERS = List.of("int", "long", "float", "double");

    private final Function<String, Optional<String>> typeOfVariable;

    TypeGuess(Function<String, Optional<String>> typeOfVariable) {
        this.typeOfVariable = typeOfVariable;
    }

    Optional<String> of(@Nullable ExpressionTree tree) {
        if (tree instanceof LiteralTree literal) {
            return literal(literal);
        }
        if (tree instanceof IdentifierTree name) {
            return typeOfVariable.apply(name.getName().toString());
        }
        if (tree instanceof ParenthesizedTree inner) {
            return of(inner.getExpression());
        }
        if (tree instanceof TypeCastTree cast) {
            return Optional.of(cast.getType().toString()).filter(type -> !type.contains("&"));
        }
        if (tree instanceof NewClassTree created) {
            String type = created.getIdentifier().toString();
            boolean isPlain =
                    created.getClassBody() == null && created.getEnclosingExpression() == null && !type.contains("<>");
            return isPlain ? Optional.of(type) : Optional.empty();
        }
        if (tree instanceof NewArrayTree array && array.getType() != null) {
            int dimensions = Math.max(1, array.getDimensions().size());
            return Optional.of(array.getType() + "[]".repeat(dimensions));
        }
        if (tree instanceof UnaryTree unary) {
            return unary.getKind() == Tree.Kind.LOGICAL_COMPLEMENT
                    ? Optional.of("boolean")
                    : of(unary.getExpression()).filter(NUMBERS::contains);
        }
        return tree instanceof BinaryTree binary ? binary(binary) : Optional.empty();
    }

    private static Optional<String> literal(LiteralTree literal) {
        return switch (literal.getKind()) {
            case INT_LITERAL -> Optional.of("int");
            case LONG_LITERAL -> Optional.of("long");
            case FLOAT_LITERAL -> Optional.of("float");
            case DOUBLE_LITERAL -> Optional.of("double");
            case BOOLEAN_LITERAL -> Optional.of("boolean");
            case CHAR_LITERAL -> Optional.of("char");
            case STRING_LITERAL -> Optional.of("String");
            default -> Optional.empty();
        };
    }

    private Optional<String> binary(BinaryTree binary) {
        return switch (binary.getKind()) {
            case LESS_THAN,
                    LESS_THAN_EQUAL,
                    GREATER_THAN,
                    GREATER_THAN_EQUAL,
                    EQUAL_TO,
                    NOT_EQUAL_TO,
                    CONDITIONAL_AND,
                    CONDITIONAL_OR -> Optional.of("boolean");
            case PLUS, MINUS, MULTIPLY, DIVIDE, REMAINDER -> arithmetic(binary);
            default -> Optional.empty();
        };
    }

    private Optional<String> arithmetic(BinaryTree binary) {
        Optional<String> left = of(binary.getLeftOperand());
        Optional<String> right = of(binary.getRightOperand());
        boolean isText = left.filter("String"::equals).isPresent()
                || right.filter("String"::equals).isPresent();
        if (isText && binary.getKind() == Tree.Kind.PLUS) {
            return Optional.of("String");
        }
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        int wider = Math.max(NUMBERS.indexOf(left.get()), NUMBERS.indexOf(right.get()));
        boolean isNumeric = NUMBERS.contains(left.get()) && NUMBERS.contains(right.get());
        return isNumeric ? Optional.of(NUMBERS.get(wider)) : Optional.empty();
    }
}
