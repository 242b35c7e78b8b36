package dev.cairn.store.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How long after a change another one may get the same time stamp. Local file systems that stamp by the kernel's clock tick
 * every few milliseconds; of others, and of network file systems with clocks of their own, two seconds are assumed.
 */
final class RacyWindows {
    private static final long FINE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long COARSE = TimeUnit.SECONDS.toNanos(2);
    private static final Set<String> FINE_TYPES =
            Set.of("apfs", "bcachefs", "btrfs", "ext4", "f2fs", "overlay", "tmpfs", "xfs", "zfs");

    private final Map<String, Long> byDevice = new ConcurrentHashMap<>();

    long nanosFor(Path file, FileStat stat) throws IOException {
        if (!stat.hasDevice()) {
            return COARSE;
        }
        Long known = byDevice.get(stat.device());
        if (known == null) {
            known = FINE_TYPES.contains(Files.getFileStore(file).type()) ? FINE : COARSE;
            byDevice.put(stat.device(), known);
        }
        return known;
    }
}
