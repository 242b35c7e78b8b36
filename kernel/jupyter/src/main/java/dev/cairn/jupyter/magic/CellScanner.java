package dev.cairn.jupyter.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the magics of a cell. A magic can only stand where Java could not go on: {@code %name} at the start of a line and of a
 * statement, or right behind {@code =}; {@code !command} at the start of a statement. Strings, text blocks, comments and
 * expressions that run over several lines are Java's. Magics inside braces, as in a loop, become calls. Comments
 * {@code //DEPS} and {@code //REPOS} at the start of a line become one magic ahead of everything else.
 */
public final class CellScanner {
    private static final Pattern CELL_MAGIC = Pattern.compile("\\s*%%(\\w[\\w.-]*)[ \\t]*(.*)", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("%(\\w[\\w.-]*\\??)");
    // Two names side by side are no Java expression: "a \n %b c" cannot be a remainder.
    private static final Pattern NOT_AN_OPERATION =
            Pattern.compile("%[A-Za-z_]\\w*[ \\t]+(?!instanceof\\b)[A-Za-z_].*");
    private static final String CALL = "dev.cairn.jupyter.magic.InlineMagic.run(";
    private static final String CAPTURE = "dev.cairn.jupyter.magic.InlineMagic.capture(";

    private final Predicate<String> isExpression;
    private final AssignedCommand assignedCommand;
    private final Directives directives = new Directives();
    private final String cell;
    private final JavaReader reader;
    private final List<CellPart> parts = new ArrayList<>();
    private final StringBuilder java = new StringBuilder();
    private int javaStart;
    private int statementStart;

    private CellScanner(String cell, Predicate<String> isExpression, Predicate<String> isVariable) {
        this.cell = cell;
        this.isExpression = isExpression;
        assignedCommand = new AssignedCommand(cell, isVariable);
        reader = new JavaReader(cell);
    }

    /**
     * The parts of a cell.
     *
     * @param isExpression tells whether a text in braces reads as a Java expression
     * @param isVariable tells whether an earlier cell declared a variable of this name
     */
    public static List<CellPart> scan(String cell, Predicate<String> isExpression, Predicate<String> isVariable) {
        Matcher cellMagic = CELL_MAGIC.matcher(cell);
        if (cellMagic.lookingAt()) {
            return List.of(cellMagic(cell, cellMagic));
        }
        if (cell.indexOf('%') < 0 && cell.indexOf('!') < 0 && !Directives.mayBeIn(cell)) {
            return cell.isBlank() ? List.of() : List.of(new CellPart.Java(cell, 1, 0));
        }
        var scanner = new CellScanner(cell, isExpression, isVariable);
        scanner.read();
        return scanner.partsInOrder();
    }

    private static CellPart cellMagic(String cell, Matcher matcher) {
        int nameStart = matcher.start(1);
        int lineEnd = cell.indexOf('\n', nameStart);
        int end = lineEnd < 0 ? cell.length() : lineEnd;
        String arguments = cell.substring(Math.min(matcher.end(1), end), end).strip();
        String body = lineEnd < 0 ? "" : cell.substring(lineEnd + 1);
        return new CellPart.Cell(matcher.group(1), arguments, body, lineOf(cell, nameStart));
    }

    private List<CellPart> partsInOrder() {
        return Stream.concat(directives.asMagic().stream(), parts.stream()).toList();
    }

    private void read() {
        while (!reader.isAtEnd()) {
            char c = reader.current();
            if ((c == '%' || c == '!') && isMagic(c)) {
                takeMagic(c);
                continue;
            }
            int from = reader.position();
            reader.advance();
            if (c == '/' && isFirstOnLine(from)) {
                directives.add(cell.substring(from, reader.position()), () -> lineOf(cell, from));
            }
            java.append(cell, from, reader.position());
            boolean endsStatement = c == ';' || c == '}' || c == '{';
            if (endsStatement && reader.innermostBracket() != '(') {
                statementStart = reader.position();
            }
        }
        endJava(cell.length());
    }

    private boolean isMagic(char c) {
        char bracket = reader.innermostBracket();
        if (bracket == '(' || bracket == '[') {
            return false;
        }
        int at = reader.position();
        if (c == '!') {
            boolean hasCommand = at + 1 < cell.length() && cell.charAt(at + 1) != '=';
            if (hasCommand && reader.isAfterAssignment()) {
                return assignedCommand.isCommand(
                        cell.substring(statementStart, at), cell.substring(at + 1, lineEnd(at)));
            }
            return hasCommand && reader.isAtStatementStart() && isFirstOnLine(at);
        }
        if (!NAME.matcher(cell).region(at, cell.length()).lookingAt()) {
            return false;
        }
        if (reader.isAfterAssignment()) {
            return true;
        }
        if (!isFirstOnLine(at)) {
            return false;
        }
        boolean isOperation = reader.isAfterOperand()
                && !reader.isAtStatementStart()
                && !NOT_AN_OPERATION.matcher(cell.substring(at, lineEnd(at))).matches();
        return reader.isAtStatementStart() || (reader.isAfterOperand() && !isOperation);
    }

    private void takeMagic(char c) {
        int at = reader.position();
        boolean isAssigned = reader.isAfterAssignment();
        int end = endOfLogicalLine(at);
        String text = cell.substring(at, end);
        boolean isKept = c == '!' && (isAssigned || text.startsWith(MagicRunner.CAPTURE));
        String name = isKept ? MagicRunner.CAPTURE : c == '!' ? "!" : name(at);
        int nameEnd = c == '%' ? 1 + name.length() : text.startsWith(MagicRunner.CAPTURE) ? 2 : 1;
        String arguments = join(text.substring(nameEnd));
        if (isAssigned && arguments.endsWith(";")) {
            arguments = arguments.substring(0, arguments.length() - 1).strip();
        }
        if (reader.innermostBracket() == '{') {
            call(name, arguments, text);
        } else {
            topLevel(isAssigned, name, arguments, at, end);
        }
        reader.resumeAt(end);
        statementStart = end;
    }

    private void topLevel(boolean isAssigned, String name, String arguments, int at, int end) {
        String target = "";
        if (isAssigned) {
            int skip = leadingBlank(cell, statementStart, at);
            String statement = cell.substring(skip, at);
            target = statement.substring(0, statement.lastIndexOf('=')).strip();
            java.setLength(Math.max(0, java.length() - (at - skip)));
            endJava(skip);
        } else {
            endJava(at);
        }
        parts.add(new CellPart.Line(target, name, arguments, lineOf(cell, at)));
        javaStart = end;
    }

    private void call(String name, String arguments, String original) {
        boolean isKept = name.equals(MagicRunner.CAPTURE);
        String pieces = Interpolation.pieces(arguments, isExpression).stream()
                .map(piece -> piece.isExpression() ? "(Object) (" + piece.text() + ")" : literal(piece.text()))
                .collect(Collectors.joining(", "));
        String separator = isKept || pieces.isEmpty() ? "" : ", ";
        java.append(isKept ? CAPTURE : CALL + literal(name))
                .append(separator)
                .append(pieces)
                .append(");");
        original.chars().filter(c -> c == '\n').forEach(c -> java.append('\n'));
    }

    private void endJava(int end) {
        if (!java.toString().isBlank()) {
            parts.add(new CellPart.Java(java.toString(), lineOf(cell, javaStart), javaStart));
        }
        java.setLength(0);
        javaStart = end;
    }

    private String name(int at) {
        Matcher matcher = NAME.matcher(cell).region(at, cell.length());
        return matcher.lookingAt() ? matcher.group(1) : "";
    }

    private boolean isFirstOnLine(int at) {
        return cell.substring(cell.lastIndexOf('\n', at - 1) + 1, at).isBlank();
    }

    private int lineEnd(int from) {
        int end = cell.indexOf('\n', from);
        return end < 0 ? cell.length() : end;
    }

    private int endOfLogicalLine(int from) {
        int end = lineEnd(from);
        while (end < cell.length() && cell.charAt(end - 1) == '\\') {
            end = lineEnd(end + 1);
        }
        return end;
    }

    private static String join(String lines) {
        return lines.replaceAll("\\\\\n[ \t]*", "").strip();
    }

    private static int leadingBlank(String text, int from, int to) {
        int i = from;
        while (i < to && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int lineOf(String text, int offset) {
        return 1
                + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    private static String literal(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
