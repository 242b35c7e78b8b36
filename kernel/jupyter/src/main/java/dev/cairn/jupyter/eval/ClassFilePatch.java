package dev.cairn.jupyter.eval;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Redirects two kinds of calls in a cell's class file, by its constant pool alone: {@code System.exit} to {@link ExitGuard},
 * and JShell's woven stop checks to {@link StopCheck}.
 */
final class ClassFilePatch {
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int METHOD = 10;
    private static final int NAME_AND_TYPE = 12;

    private static final byte[] EXIT_GUARD = utf8(ExitGuard.class);
    private static final byte[] STOP_CHECK = utf8(StopCheck.class);

    private final ByteBuffer classFile;
    private final int poolEnd;
    private final int poolCount;
    // Where each constant begins; 0 for the second slot of a long or double.
    private final int[] starts;

    private ClassFilePatch(byte[] bytes) {
        classFile = ByteBuffer.wrap(bytes);
        poolCount = classFile.getShort(8) & 0xffff;
        starts = new int[poolCount];
        int position = 10;
        for (int i = 1; i < poolCount; i++) {
            starts[i] = position;
            int tag = classFile.get(position);
            position += size(position, tag);
            if (tag == LONG || tag == DOUBLE) {
                i++;
            }
        }
        poolEnd = position;
    }

    /** The class file with the calls redirected; the same array when there are none. */
    static byte[] apply(byte[] bytes) {
        return new ClassFilePatch(bytes).patched(bytes);
    }

    private byte[] patched(byte[] bytes) {
        List<Integer> exits = exitReferences();
        int cancelName = indexOfUtf8("REPL/$Cancel$");
        if (exits.isEmpty() && cancelName == 0) {
            return bytes;
        }
        int added = exits.isEmpty() ? 0 : 2;
        var result = ByteBuffer.allocate(bytes.length + EXIT_GUARD.length + STOP_CHECK.length + 3);
        result.put(bytes, 0, 8).putShort((short) (poolCount + added));
        for (int i = 1; i < poolCount; i++) {
            if (starts[i] == 0) {
                continue;
            }
            int size = size(starts[i], classFile.get(starts[i]));
            if (i == cancelName) {
                result.put(STOP_CHECK);
            } else if (exits.contains(i)) {
                result.put((byte) METHOD).putShort((short) (poolCount + 1)).put(bytes, starts[i] + 3, 2);
            } else {
                result.put(bytes, starts[i], size);
            }
        }
        if (added > 0) {
            result.put(EXIT_GUARD).put((byte) CLASS).putShort((short) poolCount);
        }
        result.put(bytes, poolEnd, bytes.length - poolEnd);
        var exact = new byte[result.position()];
        result.flip().get(exact);
        return exact;
    }

    private List<Integer> exitReferences() {
        List<Integer> found = new ArrayList<>();
        for (int i = 1; i < poolCount; i++) {
            if (isTag(i, METHOD) && isExit(starts[i])) {
                found.add(i);
            }
        }
        return found;
    }

    private boolean isExit(int method) {
        int owner = starts[reference(method + 1)];
        int nameAndType = starts[reference(method + 3)];
        return "java/lang/System".equals(text(reference(owner + 1)))
                && classFile.get(nameAndType) == NAME_AND_TYPE
                && "exit".equals(text(reference(nameAndType + 1)))
                && "(I)V".equals(text(reference(nameAndType + 3)));
    }

    private int indexOfUtf8(String wanted) {
        for (int i = 1; i < poolCount; i++) {
            if (isTag(i, UTF8) && wanted.equals(text(i))) {
                return i;
            }
        }
        return 0;
    }

    private boolean isTag(int index, int tag) {
        return starts[index] != 0 && classFile.get(starts[index]) == tag;
    }

    private int reference(int position) {
        return classFile.getShort(position) & 0xffff;
    }

    private @Nullable String text(int index) {
        if (!isTag(index, UTF8)) {
            return null;
        }
        int start = starts[index];
        return new String(classFile.array(), start + 3, reference(start + 1), StandardCharsets.UTF_8);
    }

    // Java Virtual Machine Specification, 4.4.
    private int size(int position, int tag) {
        return switch (tag) {
            case UTF8 -> 3 + reference(position + 1);
            case LONG, DOUBLE -> 9;
            case CLASS, 8, 16, 19, 20 -> 3;
            case 15 -> 4;
            default -> 5;
        };
    }

    private static byte[] utf8(Class<?> type) {
        byte[] name = type.getName().replace('.', '/').getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + 3)
                .put((byte) UTF8)
                .putShort((short) name.length)
                .put(name)
                .array();
    }
}
