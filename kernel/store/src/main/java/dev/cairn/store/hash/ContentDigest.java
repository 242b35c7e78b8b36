package dev.cairn.store.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A hash being computed while content passes by, for code that copies and hashes in one go. Chunks may have any length: they are
 * gathered to the 1 MiB that DVC reads at a time, which its text rule depends on.
 */
public final class ContentDigest {
    /** What DVC reads at a time; a CRLF that straddles the edge of two chunks is not folded. */
    public static final int CHUNK = 1 << 20;

    private static final int SNIFFED = 512;

    private final MessageDigest md5;
    private final boolean folds;
    private boolean sniffed;
    private boolean text;
    private byte[] gathered = new byte[0];
    private int gatheredLength;

    public ContentDigest(HashName name) {
        this.md5 = newMd5();
        this.folds = name == HashName.MD5_DOS2UNIX;
    }

    /** A good size for the buffer to read a file of this size with. */
    public static int bufferSize(long fileSize) {
        return (int) Math.max(1024, Math.min(CHUNK, fileSize + 1));
    }

    /** Takes the first {@code length} bytes of {@code chunk}; the array is not changed. */
    public void update(byte[] chunk, int length) {
        if (!folds || (sniffed && !text)) {
            md5.update(chunk, 0, length);
            return;
        }
        int from = 0;
        while (from < length) {
            int taken = Math.min(length - from, CHUNK - gatheredLength);
            gather(chunk, from, taken);
            from += taken;
            if (gatheredLength == CHUNK) {
                flush();
                if (!text) {
                    md5.update(chunk, from, length - from);
                    return;
                }
            }
        }
    }

    /** The hash of all that was taken. The digest must not be used again. */
    public ContentHash finish() {
        flush();
        return new ContentHash(HexFormat.of().formatHex(md5.digest()));
    }

    private void gather(byte[] chunk, int from, int taken) {
        if (gathered.length < gatheredLength + taken) {
            gathered = Arrays.copyOf(gathered, Math.min(CHUNK, Math.max(gatheredLength + taken, 2 * gathered.length)));
        }
        System.arraycopy(chunk, from, gathered, gatheredLength, taken);
        gatheredLength += taken;
    }

    private void flush() {
        if (gatheredLength == 0) {
            return;
        }
        if (!sniffed) {
            sniffed = true;
            text = looksLikeText(gathered, Math.min(SNIFFED, gatheredLength));
        }
        md5.update(gathered, 0, text ? foldLineEnds(gathered, gatheredLength) : gatheredLength);
        gatheredLength = 0;
    }

    /** DVC's rule: no NUL, and at most 30 % of the block outside printable ASCII and {@code \n \r \t \f \b}. */
    private static boolean looksLikeText(byte[] block, int length) {
        int other = 0;
        for (int i = 0; i < length; i++) {
            byte b = block[i];
            if (b == 0) {
                return false;
            }
            boolean isText = (b >= 0x20 && b <= 0x7e) || b == '\n' || b == '\r' || b == '\t' || b == '\f' || b == '\b';
            other += isText ? 0 : 1;
        }
        return (double) other / length <= 0.30;
    }

    private static int foldLineEnds(byte[] chunk, int length) {
        int kept = 0;
        for (int i = 0; i < length; i++) {
            if (chunk[i] == '\r' && i + 1 < length && chunk[i + 1] == '\n') {
                continue;
            }
            chunk[kept++] = chunk[i];
        }
        return kept;
    }

    private static MessageDigest newMd5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime has no MD5; every complete one has.", e);
        }
    }
}
