package dev.cairn.store.git;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * JGit's view of the machine without the slow parts: it starts no {@code git} to find the system's configuration, and it does
 * not time the file system but assumes a coarse clock, which costs a second look at files changed within two seconds.
 */
final class GitSystem extends SystemReader.Delegate {
    private static final long CLOCK_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final List<String> SYSTEM_FILES =
            List.of("/etc/gitconfig", "/opt/homebrew/etc/gitconfig", "/usr/local/etc/gitconfig");

    private GitSystem(SystemReader delegate) {
        super(delegate);
    }

    /** Makes JGit use this view, once a JVM; JGit knows only one. */
    static synchronized void install() {
        SystemReader present = SystemReader.getInstance();
        if (!(present instanceof GitSystem)) {
            SystemReader.setInstance(new GitSystem(present));
        }
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        if (isWindows()) {
            return super.openSystemConfig(parent, fs);
        }
        String named = getenv("GIT_CONFIG_SYSTEM");
        if (isTrue(getenv("GIT_CONFIG_NOSYSTEM"))) {
            return new Empty(parent, fs);
        }
        if (named != null && !named.isEmpty()) {
            return new FileBasedConfig(parent, new File(named), fs);
        }
        return SYSTEM_FILES.stream()
                .filter(file -> Files.isReadable(Path.of(file)))
                .findFirst()
                .map(file -> new FileBasedConfig(parent, new File(file), fs))
                .orElseGet(() -> new Empty(parent, fs));
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        String named = getenv("GIT_CONFIG_GLOBAL");
        if (named != null) {
            return named.isEmpty() ? new Empty(parent, fs) : new UserConfig(parent, new File(named), fs);
        }
        Path xdg = getXdgConfigDirectory(fs);
        Config below = xdg == null
                ? parent
                : new FileBasedConfig(parent, xdg.resolve("git/config").toFile(), fs);
        return new UserConfig(below, new File(fs.userHome(), ".gitconfig"), fs);
    }

    private static boolean isTrue(@Nullable String value) {
        return value != null && !value.isEmpty() && !value.equals("0") && !value.equalsIgnoreCase("false");
    }

    /** Answers what JGit would otherwise measure by making and touching files. */
    private static class UserConfig extends FileBasedConfig {
        UserConfig(@Nullable Config parent, @Nullable File file, FS fs) {
            super(parent, file, fs);
        }

        @Override
        public long getTimeUnit(
                String section, @Nullable String subsection, String name, long defaultValue, TimeUnit unit) {
            if (section.equals("filesystem")) {
                return unit.convert(CLOCK_NANOS, TimeUnit.NANOSECONDS);
            }
            return super.getTimeUnit(section, subsection, name, defaultValue, unit);
        }
    }

    /** No file. */
    private static final class Empty extends UserConfig {
        Empty(@Nullable Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {
            clear();
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
