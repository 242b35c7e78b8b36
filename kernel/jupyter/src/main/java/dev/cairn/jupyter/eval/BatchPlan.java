package dev.cairn.jupyter.eval;

import dev.cairn.jupyter.eval.Batch.Declared;
import dev.cairn.jupyter.eval.Batch.Step;
import dev.cairn.jupyter.eval.CellStatement.Form;
import dev.cairn.jupyter.eval.CellStatement.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides which statements of a cell run together. Left alone are: what is no plain statement; variables that lambdas and
 * classes of the cell use, because these outlive the batch and must see the variable itself; variables whose type is not
 * plain to see; variables that methods wait for; and a last call, whose value is shown if it has one.
 */
final class BatchPlan {
    // Fewer declarations are as quick one by one, and leave no variable to be declared later.
    private static final int FEWEST = 3;
    // A method has an upper limit.
    private static final int MOST = 300;

    private final String code;
    private final Known known;
    private final Set<String> captured;
    private final List<Part> parts = new ArrayList<>();
    private final List<Step> current = new ArrayList<>();
    private final Map<String, String> declared = new HashMap<>();
    private final Set<String> mentioned = new HashSet<>();
    private final TypeGuess guess;

    private BatchPlan(List<CellStatement> statements, String code, Known known) {
        this.code = code;
        this.known = known;
        captured = statements.stream().flatMap(s -> s.captured().stream()).collect(Collectors.toSet());
        guess = new TypeGuess(name -> Optional.ofNullable(declared.get(name))
                .or(() -> Optional.ofNullable(known.types().get(name))));
    }

    /**
     * What the session knows.
     *
     * @param types variables of cells with their types
     * @param held those among them that JShell has
     * @param awaited names that methods and types wait for
     */
    record Known(Map<String, String> types, Set<String> held, Set<String> awaited) {}

    /** Statements to be run next: either a batch, or what JShell is given. */
    sealed interface Part {
        /** Several at once. */
        record Together(Batch batch) implements Part {}

        /** One. */
        record Alone(CellStatement statement) implements Part {}
    }

    static List<Part> of(List<CellStatement> statements, String code, Known known) {
        var plan = new BatchPlan(statements, code, known);
        for (int i = 0; i < statements.size(); i++) {
            plan.add(statements.get(i), i == statements.size() - 1);
        }
        plan.endBatch();
        return plan.parts;
    }

    private void add(CellStatement statement, boolean isLast) {
        boolean isInTheWay = statement.variables().stream()
                .map(Variable::name)
                .anyMatch(name -> declared.containsKey(name) || mentioned.contains(name));
        if (isInTheWay || current.size() == MOST) {
            endBatch();
        }
        Optional<List<Declared>> variables = variables(statement);
        boolean isJoinable =
                switch (statement.form()) {
                    case DECLARATION -> variables.isPresent();
                    case ACTION, VALUE -> true;
                    case CALL -> !isLast;
                    case ALONE -> false;
                };
        if (!isJoinable) {
            endBatch();
            parts.add(new Part.Alone(statement));
            return;
        }
        current.add(new Step(statement, variables.orElse(List.of())));
        mentioned.addAll(statement.names());
        variables.ifPresent(
                added -> added.forEach(v -> declared.put(v.variable().name(), v.type())));
    }

    private Optional<List<Declared>> variables(CellStatement statement) {
        List<Declared> found = new ArrayList<>();
        for (Variable variable : statement.variables()) {
            Optional<String> type =
                    variable.isInferred() ? guess.of(variable.initializer()) : Optional.of(variable.type());
            String name = variable.name();
            boolean isKnown = known.held().contains(name);
            if (type.isEmpty()
                    || statement.form() != Form.DECLARATION
                    || (isKnown && !type.get().equals(known.types().get(name)))
                    || (!isKnown && captured.contains(name))
                    || known.awaited().contains(name)) {
                return Optional.empty();
            }
            found.add(new Declared(variable, type.get(), isKnown));
        }
        return Optional.of(found);
    }

    private void endBatch() {
        boolean isPlain = !current.isEmpty() && declared.isEmpty();
        if (isPlain || current.size() >= FEWEST) {
            parts.add(new Part.Together(new Batch(current, code)));
        } else {
            current.forEach(step -> parts.add(new Part.Alone(step.statement())));
        }
        current.clear();
        declared.clear();
        mentioned.clear();
    }
}
