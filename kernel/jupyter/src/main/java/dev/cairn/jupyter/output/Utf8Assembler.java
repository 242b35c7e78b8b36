package dev.cairn.jupyter.output;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Gathers bytes and gives them back as text of whole characters; the beginning of a character waits for its end. */
final class Utf8Assembler {
    private byte[] bytes = new byte[256];
    private int length;

    int length() {
        return length;
    }

    void append(byte[] source, int offset, int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
        }
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    /** Takes all whole characters. */
    String take() {
        int whole = length - unfinishedTail();
        var text = new String(bytes, 0, whole, StandardCharsets.UTF_8);
        System.arraycopy(bytes, whole, bytes, 0, length - whole);
        length -= whole;
        if (length == 0 && bytes.length > 1 << 20) {
            bytes = new byte[256];
        }
        return text;
    }

    private int unfinishedTail() {
        for (int back = 1; back <= Math.min(3, length); back++) {
            int b = bytes[length - back] & 0xff;
            if (b >= 0xc0) {
                return back < sequenceLength(b) ? back : 0;
            }
            if (b < 0x80) {
                return 0;
            }
        }
        return 0;
    }

    private static int sequenceLength(int firstByte) {
        if (firstByte >= 0xf0) {
            return 4;
        }
        return firstByte >= 0xe0 ? 3 : 2;
    }
}
