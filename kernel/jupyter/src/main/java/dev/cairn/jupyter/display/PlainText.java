package dev.cairn.jupyter.display;

import java.lang.reflect.Array;

/** Values as text of a length a notebook can bear. */
public final class PlainText {
    private static final int MAX_ELEMENTS = 1_000;
    private static final int MAX_LENGTH = 100_000;

    private PlainText() {}

    /** The value's text; arrays by their elements, which {@code toString} leaves out. */
    public static String of(Object value) {
        if (!value.getClass().isArray()) {
            return bounded(String.valueOf(value));
        }
        var text = new StringBuilder();
        appendArray(text, value);
        return bounded(text.toString());
    }

    /** The text, cut with a note of how much is missing when it is very long. */
    public static String bounded(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
        return text.substring(0, end) + "… (" + (text.length() - end) + " more characters)";
    }

    private static void appendArray(StringBuilder text, Object array) {
        int length = Array.getLength(array);
        text.append('[');
        for (int i = 0; i < Math.min(length, MAX_ELEMENTS) && text.length() < MAX_LENGTH; i++) {
            if (i > 0) {
                text.append(", ");
            }
            Object element = Array.get(array, i);
            if (element != null && element.getClass().isArray()) {
                appendArray(text, element);
            } else {
                text.append(element);
            }
        }
        if (length > MAX_ELEMENTS) {
            text.append(", … (").append(length).append(" elements)");
        }
        text.append(']');
    }
}
