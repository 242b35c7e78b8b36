package dev.cairn.jupyter.eval;

import dev.cairn.jupyter.eval.CellStatement.Form;
import dev.cairn.jupyter.eval.CellStatement.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Statements that follow each other in a cell and are compiled as one object: the variables are its fields, the statements its
 * method. Line n of its source is line n of the statements' text.
 *
 * @param steps the statements
 * @param code the cell's code
 */
record Batch(List<Step> steps, String code) {
    /** The name of the method; what begins so is shown as top-level code in stack traces. */
    static final String METHOD = "do_it$";

    /** The field that has the number of statements begun. */
    static final String PROGRESS = "begun$";

    /** The field that has the value of the last statement. */
    static final String VALUE = "value$";

    Batch {
        steps = List.copyOf(steps);
    }

    /** A statement with the variables it declares. */
    record Step(CellStatement statement, List<Declared> variables) {
        Step {
            variables = List.copyOf(variables);
        }
    }

    /**
     * A variable to be declared.
     *
     * @param isKnown whether JShell has it already, with the same type: it is set anew
     */
    record Declared(Variable variable, String type, boolean isKnown) {}

    int start() {
        return steps.get(0).statement().start();
    }

    int end() {
        return steps.get(steps.size() - 1).statement().end();
    }

    /** The names of variables from elsewhere. */
    Set<String> outsideNames() {
        Set<String> names = steps.stream()
                .flatMap(step -> step.statement().names().stream())
                .collect(Collectors.toSet());
        own(steps.size()).forEach(declared -> names.remove(declared.variable().name()));
        return names;
    }

    /** The variables of its own that the first statements declare. */
    List<Declared> own(int begun) {
        List<Declared> found = new ArrayList<>();
        for (Step step : steps.subList(0, begun)) {
            step.variables().stream().filter(declared -> !declared.isKnown()).forEach(found::add);
        }
        return found;
    }

    /** A method that gives an object which does what the statements do. */
    String source(String name) {
        var text = new StringBuilder("Object " + name + "() { return new Object() { ");
        text.append("public int " + PROGRESS + "; public Object " + VALUE + ";");
        for (Declared declared : own(steps.size())) {
            text.append(" public ")
                    .append(declared.type())
                    .append(' ')
                    .append(declared.variable().name())
                    .append(';');
        }
        text.append(" public void " + METHOD + "() throws Throwable { ");
        int position = start();
        for (int i = 0; i < steps.size(); i++) {
            CellStatement statement = steps.get(i).statement();
            text.append(code, position, statement.start());
            text.append(StopCheck.class.getName()).append(".nextStatement(); ");
            text.append(PROGRESS + " = ").append(i + 1).append("; ");
            append(steps.get(i), i == steps.size() - 1, text);
            position = statement.end();
        }
        return text.append("\n}};}").toString();
    }

    private void append(Step step, boolean isLast, StringBuilder text) {
        CellStatement statement = step.statement();
        if (statement.form() == Form.DECLARATION) {
            appendAssignments(step, text);
            return;
        }
        String source = code.substring(statement.start(), statement.end());
        if (statement.form() != Form.VALUE) {
            text.append(source).append(source.endsWith(";") || source.endsWith("}") ? "" : ";");
            return;
        }
        String expression = source.endsWith(";") ? source.substring(0, source.length() - 1) : source;
        text.append(
                isLast ? VALUE + " = (" : "Object " + VALUE + step.statement().start() + " = (");
        text.append(expression).append(");");
    }

    private void appendAssignments(Step step, StringBuilder text) {
        int position = step.statement().start();
        for (Declared declared : step.variables()) {
            Variable variable = declared.variable();
            text.append(variable.name()).append(" = ");
            if (variable.initializer() == null) {
                text.append(defaultValue(declared.type())).append("; ");
                continue;
            }
            keepLines(position, variable.initializerStart(), text);
            text.append(variable.isArrayInBraces() ? "new " + declared.type() : "");
            text.append(code, variable.initializerStart(), variable.initializerEnd())
                    .append("; ");
            position = variable.initializerEnd();
        }
        keepLines(position, step.statement().end(), text);
    }

    private void keepLines(int from, int to, StringBuilder text) {
        code.substring(from, to).chars().filter(c -> c == '\n').forEach(c -> text.append('\n'));
    }

    private static String defaultValue(String type) {
        return switch (type) {
            case "byte", "short", "char", "int", "long", "float", "double" -> "0";
            case "boolean" -> "false";
            default -> "null";
        };
    }
}
