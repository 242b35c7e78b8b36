package dev.cairn.jupyter.display;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** Values as text of a length a notebook can bear. */
public final class PlainText {
    private static final int MAX_ELEMENTS = 1_000;
    private static final int MAX_LENGTH = 100_000;
    private static final int MAX_DEPTH = 12;

    private final StringBuilder text = new StringBuilder();

    private PlainText() {}

    /**
     * The value's text: as {@code toString} gives it, except that arrays, also within the JDK's collections, maps, optionals and
     * within records, are shown by their elements, and that what has very many elements is cut. A stream is left unused.
     */
    public static String of(Object value) {
        var plain = new PlainText();
        plain.append(value, 0);
        return bounded(plain.text.toString());
    }

    /** The text, cut with a note of how much is missing when it is very long. */
    public static String bounded(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
        return text.substring(0, end) + "… (" + (text.length() - end) + " more characters)";
    }

    private void append(@Nullable Object value, int depth) {
        if (value == null) {
            text.append("null");
        } else if (depth > MAX_DEPTH) {
            text.append('…'); // it holds itself, or might as well
        } else if (value.getClass().isArray()) {
            appendArray(value, depth);
        } else if (value instanceof BaseStream) {
            text.append("a stream; showing its elements would use it up: add .toList()");
        } else if (value instanceof Throwable thrown) {
            appendThrowable(thrown);
        } else if (value instanceof Record record && hasDefaultText(record)) {
            appendRecord(record, depth);
        } else if (isOfTheJdk(value)) {
            appendOfTheJdk(value, depth);
        } else {
            text.append(value);
        }
    }

    private void appendOfTheJdk(Object value, int depth) {
        if (value instanceof Collection<?> collection) {
            text.append('[');
            Iterator<?> elements = collection.iterator();
            for (int i = 0; elements.hasNext() && hasRoom(i, collection.size()); i++) {
                separate(i);
                append(elements.next(), depth + 1);
            }
            text.append(']');
        } else if (value instanceof Map<?, ?> map) {
            text.append('{');
            Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
            for (int i = 0; entries.hasNext() && hasRoom(i, map.size()); i++) {
                separate(i);
                append(entries.next(), depth);
            }
            text.append('}');
        } else if (value instanceof Map.Entry<?, ?> entry) {
            append(entry.getKey(), depth + 1);
            text.append('=');
            append(entry.getValue(), depth + 1);
        } else if (value instanceof Optional<?> optional && optional.isPresent()) {
            text.append("Optional[");
            append(optional.get(), depth + 1);
            text.append(']');
        } else {
            text.append(value);
        }
    }

    private void appendArray(Object array, int depth) {
        int length = Array.getLength(array);
        text.append('[');
        for (int i = 0; i < length && hasRoom(i, length); i++) {
            separate(i);
            append(Array.get(array, i), depth + 1);
        }
        text.append(']');
    }

    private void appendRecord(Record record, int depth) {
        text.append(record.getClass().getSimpleName()).append('[');
        RecordComponent[] components = record.getClass().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            separate(i);
            text.append(components[i].getName()).append('=');
            append(Records.value(record, components[i]), depth + 1);
        }
        text.append(']');
    }

    private void appendThrowable(Throwable thrown) {
        text.append(thrown);
        Throwable cause = thrown.getCause();
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            text.append("\nCaused by: ").append(cause);
            cause = cause.getCause();
        }
    }

    private boolean hasRoom(int index, int size) {
        if (index < MAX_ELEMENTS && text.length() < MAX_LENGTH) {
            return true;
        }
        if (text.charAt(text.length() - 1) != ')') {
            text.append(", … (").append(size).append(" elements)");
        }
        return false;
    }

    private void separate(int index) {
        if (index > 0) {
            text.append(", ");
        }
    }

    /** A record that shows itself as records do unless they are told otherwise. */
    private static boolean hasDefaultText(Record record) {
        if (!Records.isReadable(record)) {
            return false;
        }
        var plain = new StringBuilder(record.getClass().getSimpleName()).append('[');
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            plain.append(plain.charAt(plain.length() - 1) == '[' ? "" : ", ")
                    .append(component.getName())
                    .append('=')
                    .append(Records.value(record, component));
        }
        return plain.append(']').toString().equals(record.toString());
    }

    /** What others have made may say of itself what it likes. */
    private static boolean isOfTheJdk(Object value) {
        return value.getClass().getClassLoader() == null;
    }
}
