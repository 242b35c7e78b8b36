package dev.cairn.jupyter.magic;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads Java just far enough to know what is code and what is text: strings, text blocks, characters, comments, brackets, and
 * the last token before any point. Characters go by one at a time.
 */
final class JavaReader {
    private final String code;
    private final Deque<Character> brackets = new ArrayDeque<>();
    private int position;
    // The last significant token; 0 at the start, 'a' for identifiers, keywords and literals.
    private char previous;
    private String previousWord = "";

    JavaReader(String code) {
        this.code = code;
    }

    int position() {
        return position;
    }

    /** Goes on reading at another point, as after a statement. */
    void resumeAt(int offset) {
        position = offset;
        previous = ';';
        previousWord = "";
    }

    boolean isAtEnd() {
        return position >= code.length();
    }

    char current() {
        return code.charAt(position);
    }

    /** Whether a statement could begin here. */
    boolean isAtStatementStart() {
        return previous == 0 || previous == ';' || previous == '{' || previous == '}';
    }

    /** Whether an operand ended just before, so that an operator could follow. */
    boolean isAfterOperand() {
        return previous == 'a' || previous == ')' || previous == ']' || previous == '}';
    }

    /** Whether a single {@code =} stands just before. */
    boolean isAfterAssignment() {
        return previous == '=';
    }

    /** The innermost open bracket; 0 at top level. */
    char innermostBracket() {
        return brackets.isEmpty() ? 0 : brackets.peek();
    }

    /** Moves behind the next token, blank or comment. */
    void advance() {
        char c = current();
        if (Character.isWhitespace(c)) {
            position++;
        } else if (code.startsWith("//", position)) {
            position = endOf("\n", position, 0);
        } else if (code.startsWith("/*", position)) {
            position = endOf("*/", position + 2, 2);
        } else if (code.startsWith("\"\"\"", position)) {
            position = endOfTextBlock(position + 3);
            token('a');
        } else if (c == '"' || c == '\'') {
            position = endOfLiteral(position + 1, c);
            token('a');
        } else if (Character.isJavaIdentifierPart(c)) {
            word();
        } else {
            symbol(c);
        }
    }

    private void word() {
        int start = position;
        while (!isAtEnd() && Character.isJavaIdentifierPart(current())) {
            position++;
        }
        token('a');
        previousWord = code.substring(start, position);
        if (previousWord.equals("return") || previousWord.equals("else") || previousWord.equals("do")) {
            previous = previousWord.equals("return") ? ',' : ';';
        }
    }

    private void symbol(char c) {
        position++;
        switch (c) {
            case '(', '[', '{' -> brackets.push(c);
            case ')', ']', '}' -> brackets.poll();
            default -> {
                // Operators nest nothing.
            }
        }
        boolean isCompound = c == '=' && "=!<>+-*/%&|^".indexOf(previousCharacter(2)) >= 0;
        token(isCompound ? '?' : c);
    }

    private char previousCharacter(int back) {
        return position >= back ? code.charAt(position - back) : ' ';
    }

    private void token(char kind) {
        previous = kind;
        previousWord = "";
    }

    private int endOf(String end, int from, int length) {
        int found = code.indexOf(end, from);
        return found < 0 ? code.length() : found + length;
    }

    private int endOfTextBlock(int from) {
        int i = from;
        while (i < code.length() && !code.startsWith("\"\"\"", i)) {
            i += code.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i + 3, code.length());
    }

    private int endOfLiteral(int from, char quote) {
        int i = from;
        while (i < code.length() && code.charAt(i) != quote && code.charAt(i) != '\n') {
            i += code.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, code.length());
    }
}
