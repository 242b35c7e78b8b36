package dev.cairn.store.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A repository that the real {@code git} made and works on, with its own home and a fixed identity and clock. */
final class TestRepository {
    static final Map<String, String> IDENTITY = Map.of(
            "GIT_AUTHOR_NAME", "A U Thor",
            "GIT_AUTHOR_EMAIL", "author@example.org",
            "GIT_AUTHOR_DATE", "@1700000000 +0100",
            "GIT_COMMITTER_NAME", "C O Mitter",
            "GIT_COMMITTER_EMAIL", "committer@example.org",
            "GIT_COMMITTER_DATE", "@1700000060 +0100");

    private final Path root;

    private TestRepository(Path root) {
        this.root = root;
    }

    /** A new repository with one commit on {@code main}. */
    static TestRepository in(Path directory) throws IOException {
        TestRepository repository = new TestRepository(directory.toRealPath());
        repository.git("init", "-q", "-b", "main");
        repository.write("readme.txt", "hello\n");
        repository.git("add", "-A");
        repository.git("commit", "-qm", "Start");
        return repository;
    }

    Path root() {
        return root;
    }

    GitRepository open() {
        return GitRepository.discover(root, IDENTITY).orElseThrow();
    }

    Path path(String name) {
        return root.resolve(name);
    }

    Path write(String name, String content) {
        return write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Path write(String name, byte[] content) {
        try {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String name) {
        try {
            return Files.readString(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String name) {
        try {
            Files.delete(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs git and returns what it printed, without the last line's end. */
    String git(String... arguments) {
        return run(Map.of(), arguments);
    }

    /** The tree that git itself makes of the workspace, by way of a copy of the index. */
    String treeByGit(String... extraPaths) {
        Path copy = root.resolve(".git/index-for-test");
        try {
            // With its time, by which git tells what may have changed in the tick in which the index was written.
            Files.copy(
                    root.resolve(".git/index"),
                    copy,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> environment = Map.of("GIT_INDEX_FILE", copy.toString());
        run(environment, "add", "-u");
        for (String path : extraPaths) {
            run(environment, "add", path);
        }
        return run(environment, "write-tree");
    }

    private String run(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-c", "core.safecrlf=false"));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
        builder.environment().putAll(IDENTITY);
        builder.environment().put("HOME", root.toString());
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " failed: " + output);
            }
            return output.stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
