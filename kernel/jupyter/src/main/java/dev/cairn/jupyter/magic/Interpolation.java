package dev.cairn.jupyter.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds the <code>{expression}</code> in a magic's arguments. Doubled braces stand for themselves. */
public final class Interpolation {
    private static final Pattern NUMBER = Pattern.compile("\\s*[\\d.]+\\s*");

    private Interpolation() {}

    /**
     * A stretch of the arguments.
     *
     * @param text literal text, or a Java expression
     * @param isExpression which of the two
     */
    public record Piece(String text, boolean isExpression) {}

    /**
     * Cuts arguments into text and expressions. Braces that hold no expression stay as they are, and so do those of
     * {@code ${name}}, {@code HEAD@{1}} and {@code {3}}, which mean something to shells and Git.
     */
    public static List<Piece> pieces(String arguments, Predicate<String> isExpression) {
        List<Piece> pieces = new ArrayList<>();
        var text = new StringBuilder();
        int i = 0;
        while (i < arguments.length()) {
            char c = arguments.charAt(i);
            if ((c == '{' || c == '}') && i + 1 < arguments.length() && arguments.charAt(i + 1) == c) {
                text.append(c);
                i += 2;
                continue;
            }
            int end = c == '{' && !isForeign(arguments, i) ? closing(arguments, i) : -1;
            String inside = end < 0 ? "" : arguments.substring(i + 1, end);
            if (end > 0 && !NUMBER.matcher(inside).matches() && isExpression.test(inside)) {
                addText(pieces, text);
                pieces.add(new Piece(inside, true));
                i = end + 1;
            } else {
                text.append(c);
                i++;
            }
        }
        addText(pieces, text);
        return pieces;
    }

    private static void addText(List<Piece> pieces, StringBuilder text) {
        if (text.length() > 0) {
            pieces.add(new Piece(text.toString(), false));
            text.setLength(0);
        }
    }

    private static boolean isForeign(String arguments, int brace) {
        return brace > 0 && "$@".indexOf(arguments.charAt(brace - 1)) >= 0;
    }

    private static int closing(String arguments, int brace) {
        var reader = new JavaReader(arguments);
        reader.resumeAt(brace);
        while (!reader.isAtEnd()) {
            reader.advance();
            if (reader.innermostBracket() == 0) {
                return reader.position() - 1;
            }
        }
        return -1;
    }
}
