package dev.cairn.store.lock;

import dev.cairn.store.OperationInterruptedException;
import dev.cairn.store.StoreException;
import dev.cairn.store.file.AtomicFiles;
import dev.cairn.store.posix.NativeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An exclusive lock by {@code flock(2)} on a file, as DVC takes it; Java's own file locks are of another kind that DVC does not
 * meet. Two threads of one process exclude each other too. The lock ends with its process. The file stays behind, with the holder's
 * process id when that was killed, or is another program; its presence means nothing.
 */
public final class FlockLock implements AutoCloseable {
    /** A line after the process id, which DVC does not write and does not read. */
    private static final String OURS = "cairn\n";

    private static final Duration FIRST_PAUSE = Duration.ofMillis(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    private @Nullable Held held;

    private FlockLock(Held held) {
        this.held = held;
    }

    /**
     * Takes the lock, trying again until {@code patience} is over.
     *
     * @throws LockHeldException when another holds it all that time
     */
    public static FlockLock acquire(Path file, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        Duration pause = FIRST_PAUSE;
        try {
            AtomicFiles.makeDirectories(parentOf(file));
            while (true) {
                Optional<Held> held =
                        NativeFile.isSupported() ? PosixLock.tryAcquire(file) : WindowsLock.tryAcquire(file);
                if (held.isPresent()) {
                    return new FlockLock(held.get());
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new LockHeldException(file, lastHolder(file));
                }
                TimeUnit.NANOSECONDS.sleep(Math.min(left, pause.toNanos()));
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } catch (InterruptedException e) {
            throw new OperationInterruptedException("waiting for the lock '" + file + "'");
        } catch (IOException e) {
            throw StoreException.io("lock '" + file + "'", e);
        }
    }

    /** Lets go of the lock; more than once is fine. */
    @Override
    public synchronized void close() {
        Held open = held;
        held = null;
        if (open != null) {
            open.release();
        }
    }

    /** Whether the last holder was a process like this one and let go of the lock only by its end. Costs a look at a small file. */
    public static boolean wasAbandoned(Path file) {
        return text(file).endsWith(OURS)
                && lastHolder(file)
                        .filter(pid -> ProcessHandle.of(pid).isEmpty())
                        .isPresent();
    }

    /** A lock that is held by an open file. */
    private interface Held {
        void release();
    }

    private static Path parentOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private static Optional<Long> lastHolder(Path file) {
        String text = text(file).replace(OURS, "").strip();
        boolean isPid = !text.isEmpty() && text.length() < 11 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isPid ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // Only an addition to a message.
            return "";
        }
    }

    private static byte[] content() {
        return (" " + ProcessHandle.current().pid() + "\n" + OURS).getBytes(StandardCharsets.US_ASCII);
    }

    /** A lock by flock. */
    private record PosixLock(Path path, NativeFile file) implements Held {
        static Optional<Held> tryAcquire(Path path) throws IOException {
            // Java makes the file, so that it gets the mode of a new file.
            if (!Files.exists(path)) {
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                        .close();
            }
            NativeFile file = NativeFile.open(path, true);
            boolean locked = false;
            try {
                locked = file.tryLock();
                if (locked) {
                    // In place and by another descriptor: closing that one does not end an flock.
                    Files.write(path, content());
                }
            } finally {
                if (!locked) {
                    file.close();
                }
            }
            return locked ? Optional.of(new PosixLock(path, file)) : Optional.empty();
        }

        @Override
        public void release() {
            try {
                Files.write(path, new byte[0], StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            } catch (NoSuchFileException e) {
                // The directory was removed while it was locked.
                return;
            } catch (IOException e) {
                throw StoreException.io("unlock '" + path + "'", e);
            } finally {
                file.close();
            }
        }
    }

    /** Where there is no flock: the first byte, as DVC locks it there. */
    private record WindowsLock(FileChannel channel) implements Held {
        static Optional<Held> tryAcquire(Path file) throws IOException {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            boolean locked = false;
            try {
                FileLock lock = channel.tryLock(0, 1, false);
                locked = lock != null;
                if (locked) {
                    byte[] content = content();
                    channel.write(ByteBuffer.wrap(content, 1, content.length - 1), 1);
                    channel.truncate(content.length);
                }
            } catch (OverlappingFileLockException e) {
                locked = false;
            } finally {
                if (!locked) {
                    channel.close();
                }
            }
            return locked ? Optional.of(new WindowsLock(channel)) : Optional.empty();
        }

        @Override
        public void release() {
            try {
                channel.close();
            } catch (IOException e) {
                throw StoreException.io("unlock a lock file", e);
            }
        }
    }
}
