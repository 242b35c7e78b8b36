package dev.cairn.jupyter.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts parameters into a notebook the way papermill does: a cell of assignments, tagged {@code injected-parameters}, behind
 * the cell tagged {@code parameters} that gives the defaults.
 */
final class Parameters {
    private static final String DEFAULTS = "parameters";
    private static final String INJECTED = "injected-parameters";
    private static final int FIRST_WITH_IDS = 5;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");

    private final Map<String, String> values;

    Parameters(Map<String, String> values) {
        for (String name : values.keySet()) {
            if (!NAME.matcher(name).matches()) {
                throw new NotebookException("'" + name + "' cannot be a parameter: it is no name of a Java variable");
            }
        }
        this.values = values;
    }

    Notebook inject(Notebook notebook) {
        if (values.isEmpty()) {
            return notebook;
        }
        List<NotebookCell> cells = new ArrayList<>();
        int position = 0;
        String defaults = "";
        for (NotebookCell cell : notebook.cells()) {
            if (cell.tags().contains(INJECTED)) {
                continue;
            }
            cells.add(cell);
            if (cell.tags().contains(DEFAULTS)) {
                position = cells.size();
                defaults = cell.source();
            }
        }
        NotebookCell injected = NotebookCell.code(INJECTED, source(defaults), List.of(INJECTED));
        if (notebook.minorFormat() < FIRST_WITH_IDS) {
            injected.json().remove("id");
        }
        cells.add(position, injected);
        return notebook.withCells(cells);
    }

    private String source(String defaults) {
        List<String> lines = new ArrayList<>();
        lines.add("// Parameters");
        values.forEach((name, value) -> lines.add(assignment(name, value, defaults)));
        return String.join("\n", lines);
    }

    private static String assignment(String name, String value, String defaults) {
        Matcher declaration = Pattern.compile("([\\w.<>\\[\\]]+)\\s+" + name + "\\s*(?:=\\s*([^;\\n]*)|;)")
                .matcher(defaults);
        if (!declaration.find()) {
            return "var " + name + " = " + literal(value, "") + ";";
        }
        String type = declaration.group(1);
        boolean isText =
                type.equals("var") && String.valueOf(declaration.group(2)).startsWith("\"");
        return name + " = " + literal(value, isText ? "String" : type) + ";";
    }

    private static String literal(String value, String type) {
        boolean isText = type.equals("String") || type.equals("java.lang.String");
        if (!isText && (value.equals("true") || value.equals("false") || value.equals("null"))) {
            return value;
        }
        if (!isText && INTEGER.matcher(value).matches()) {
            boolean isLong = type.equalsIgnoreCase("long") || (type.isEmpty() && value.length() > 9);
            return isLong ? value + "L" : value + suffix(type);
        }
        if (!isText && DECIMAL.matcher(value).matches()) {
            return value + suffix(type);
        }
        return quoted(value);
    }

    private static String suffix(String type) {
        if (type.equalsIgnoreCase("float")) {
            return "f";
        }
        return type.equals("Double") ? "d" : "";
    }

    private static String quoted(String value) {
        var text = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> text.append(c);
            }
        }
        return text.append('"').toString();
    }
}
