package dev.cairn.jupyter.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Leads {@code System.out}, {@code System.err} and {@code System.in} to the cell the calling thread works for, and to where
 * they led before when there is none. In force until closed.
 */
public final class StandardStreams implements AutoCloseable {
    private final PrintStream previousOut;
    private final PrintStream previousErr;
    private final InputStream previousIn;

    private StandardStreams(PrintStream out, PrintStream err, InputStream in) {
        previousOut = out;
        previousErr = err;
        previousIn = in;
    }

    /** Takes over the standard streams of this process. */
    @SuppressWarnings("SystemOut")
    public static StandardStreams redirect() {
        var streams = new StandardStreams(System.out, System.err, System.in);
        System.setOut(routed(StreamName.STDOUT, streams.previousOut));
        System.setErr(routed(StreamName.STDERR, streams.previousErr));
        System.setIn(new CellInput(streams.previousIn));
        return streams;
    }

    @Override
    public void close() {
        System.setOut(previousOut);
        System.setErr(previousErr);
        System.setIn(previousIn);
    }

    /** The process's own standard error, past all routing: for what must be said when no cell can show it. */
    public static PrintStream processError() {
        return new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    }

    private static PrintStream routed(StreamName name, PrintStream otherwise) {
        return new PrintStream(new RoutedStream(name, otherwise), false, StandardCharsets.UTF_8);
    }

    private static final class RoutedStream extends OutputStream {
        private final StreamName name;
        private final PrintStream otherwise;

        RoutedStream(StreamName name, PrintStream otherwise) {
            this.name = name;
            this.otherwise = otherwise;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            Optional<CellScope> scope = CellScope.current();
            if (scope.isPresent()) {
                scope.get().output().write(name, bytes, offset, count);
            } else {
                otherwise.write(bytes, offset, count);
            }
        }

        @Override
        public void flush() {
            // Cells flush by time and size; a flush a line would make a message a line.
            if (CellScope.current().isEmpty()) {
                otherwise.flush();
            }
        }
    }

    /** Reads lines from the user by way of the front end, one question a line. */
    private static final class CellInput extends InputStream {
        private final InputStream otherwise;
        private byte[] line = {};
        private int position;

        CellInput(InputStream otherwise) {
            this.otherwise = otherwise;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public synchronized int read(byte[] target, int offset, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            if (position == line.length && !ask()) {
                return otherwise.read(target, offset, count);
            }
            int given = Math.min(count, line.length - position);
            System.arraycopy(line, position, target, offset, given);
            position += given;
            return given;
        }

        @Override
        public synchronized int available() throws IOException {
            boolean isCell = CellScope.current().isPresent();
            return isCell ? line.length - position : otherwise.available();
        }

        private boolean ask() throws IOException {
            Optional<CellScope> scope = CellScope.current();
            if (scope.isEmpty()) {
                return false;
            }
            if (!scope.get().allowsInput()) {
                throw new IOException("This front end cannot be asked for input (allow_stdin is false)");
            }
            try {
                line = (scope.get().output().input("", false) + "\n").getBytes(StandardCharsets.UTF_8);
                position = 0;
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted while waiting for input");
            }
        }
    }
}
