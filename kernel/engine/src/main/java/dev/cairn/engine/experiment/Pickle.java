package dev.cairn.engine.experiment;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's pickle format as far as DVC keeps the arguments of a queued run in it: null, booleans, numbers, text, lists, maps. */
final class Pickle {
    private static final int MEMOIZE = 0x94;

    private Pickle() {}

    /** Raised for content that is something else. */
    static final class PickleException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PickleException(String message) {
            super(message);
        }
    }

    /** Writes a value, byte for byte as Python does; an empty Java array stands for the empty tuple. */
    static byte[] write(@Nullable Object value) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(body);
                DataOutputStream framed = new DataOutputStream(whole)) {
            write(value, out);
            out.write('.');
            framed.write(0x80);
            framed.write(4);
            framed.write(0x95);
            framed.writeLong(Long.reverseBytes(body.size()));
            body.writeTo(framed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return whole.toByteArray();
    }

    private static void write(@Nullable Object value, DataOutputStream out) throws IOException {
        if (value == null) {
            out.write('N');
        } else if (value instanceof Boolean flag) {
            out.write(flag ? 0x88 : 0x89);
        } else if (value instanceof String text) {
            write(text, out);
        } else if (value instanceof Map<?, ?> map) {
            out.write('}');
            out.write(MEMOIZE);
            write(map, out);
        } else if (value instanceof Collection<?> list) {
            out.write(']');
            out.write(MEMOIZE);
            write(list, out);
        } else if (value instanceof Object[] tuple && tuple.length == 0) {
            out.write(')');
        } else {
            throw new PickleException("a " + value.getClass().getSimpleName() + " cannot be written");
        }
    }

    private static void write(String text, DataOutputStream out) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length < 256) {
            out.write(0x8C);
            out.write(utf8.length);
        } else {
            out.write('X');
            out.writeInt(Integer.reverseBytes(utf8.length));
        }
        out.write(utf8);
        out.write(MEMOIZE);
    }

    private static void write(Map<?, ?> map, DataOutputStream out) throws IOException {
        if (map.size() > 1) {
            out.write('(');
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            write(entry.getKey(), out);
            write(entry.getValue(), out);
        }
        if (!map.isEmpty()) {
            out.write(map.size() == 1 ? 's' : 'u');
        }
    }

    private static void write(Collection<?> list, DataOutputStream out) throws IOException {
        if (list.size() > 1) {
            out.write('(');
        }
        for (Object item : list) {
            write(item, out);
        }
        if (!list.isEmpty()) {
            out.write(list.size() == 1 ? 'a' : 'e');
        }
    }

    /**
     * Reads a value; tuples become lists.
     *
     * @throws PickleException when it is damaged, or more than plain values
     */
    static @Nullable Object read(byte[] pickle) {
        try {
            return new Reader(ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN)).read();
        } catch (java.nio.BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new PickleException("it ends too early");
        }
    }

    private static final class Reader {
        private static final Object MARK = new Object();

        private final ByteBuffer in;
        private final List<@Nullable Object> stack = new ArrayList<>();
        private final Map<Integer, @Nullable Object> memo = new LinkedHashMap<>();

        Reader(ByteBuffer in) {
            this.in = in;
        }

        @Nullable
        Object read() {
            while (true) {
                int code = in.get() & 0xFF;
                if (code == '.') {
                    return pop();
                }
                step(code);
            }
        }

        private void step(int code) {
            switch (code) {
                case 0x80 -> in.get();
                case 0x95 -> in.getLong();
                case MEMOIZE -> memo.put(memo.size(), top());
                case 'q' -> memo.put(in.get() & 0xFF, top());
                case 'r' -> memo.put(in.getInt(), top());
                case 'h' -> stack.add(memo.get(in.get() & 0xFF));
                case 'j' -> stack.add(memo.get(in.getInt()));
                case '(' -> stack.add(MARK);
                case '}' -> stack.add(new LinkedHashMap<>());
                case ']', ')' -> stack.add(new ArrayList<>());
                case 'N' -> stack.add(null);
                case 0x88 -> stack.add(true);
                case 0x89 -> stack.add(false);
                case 'K' -> stack.add((long) (in.get() & 0xFF));
                case 'M' -> stack.add((long) (in.getShort() & 0xFFFF));
                case 'J' -> stack.add((long) in.getInt());
                case 'G' -> stack.add(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
                case 0x8C -> stack.add(text(in.get() & 0xFF));
                case 'X' -> stack.add(text(in.getInt()));
                case 0x8D -> stack.add(text(Math.toIntExact(in.getLong())));
                case 0x85 -> tuple(1);
                case 0x86 -> tuple(2);
                case 0x87 -> tuple(3);
                case 't' -> stack.add(sinceMark());
                case 'a' -> {
                    Object item = pop();
                    list(top()).add(item);
                }
                case 'e' -> {
                    List<@Nullable Object> items = sinceMark();
                    list(top()).addAll(items);
                }
                case 's' -> {
                    Object value = pop();
                    Object key = pop();
                    map(top()).put(key, value);
                }
                case 'u' -> {
                    List<@Nullable Object> items = sinceMark();
                    for (int i = 0; i + 1 < items.size(); i += 2) {
                        map(top()).put(items.get(i), items.get(i + 1));
                    }
                }
                default -> throw new PickleException("opcode 0x%02x is not one of plain values".formatted(code));
            }
        }

        private String text(int length) {
            byte[] bytes = new byte[length];
            in.get(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }

        private void tuple(int size) {
            List<@Nullable Object> items = new ArrayList<>(stack.subList(stack.size() - size, stack.size()));
            stack.subList(stack.size() - size, stack.size()).clear();
            stack.add(items);
        }

        private List<@Nullable Object> sinceMark() {
            int mark = stack.lastIndexOf(MARK);
            List<@Nullable Object> items = new ArrayList<>(stack.subList(mark + 1, stack.size()));
            stack.subList(mark, stack.size()).clear();
            return items;
        }

        private @Nullable Object top() {
            return stack.get(stack.size() - 1);
        }

        private @Nullable Object pop() {
            return stack.remove(stack.size() - 1);
        }

        @SuppressWarnings("unchecked") // made by this reader
        private static List<@Nullable Object> list(@Nullable Object value) {
            if (value instanceof List<?>) {
                return (List<@Nullable Object>) value;
            }
            throw new PickleException("a list was expected");
        }

        @SuppressWarnings("unchecked") // made by this reader
        private static Map<@Nullable Object, @Nullable Object> map(@Nullable Object value) {
            if (value instanceof Map<?, ?>) {
                return (Map<@Nullable Object, @Nullable Object>) value;
            }
            throw new PickleException("a map was expected");
        }
    }
}
