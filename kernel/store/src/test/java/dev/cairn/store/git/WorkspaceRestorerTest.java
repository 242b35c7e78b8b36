package dev.cairn.store.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceRestorerTest {
    @TempDir
    Path dir;

    private TestRepository repo;
    private GitRepository git;

    @BeforeEach
    void open() throws IOException {
        repo = TestRepository.in(dir);
        git = repo.open();
    }

    @AfterEach
    void close() {
        git.close();
    }

    @Test
    void filesBecomeThoseOfTheTreeAndIndexAndHeadStay() throws IOException {
        repo.write("train.py", "v2");
        repo.write("gone-in-old/x", "x");
        repo.write("bin/run.sh", "#!/bin/sh\n");
        Files.setPosixFilePermissions(repo.path("bin/run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(repo.path("link"), Path.of("train.py"));
        ObjectId wanted = treeOfEverything();
        repo.git("rm", "-rq", "--cached", ".");
        repo.git("add", "readme.txt");
        Files.setPosixFilePermissions(repo.path("bin/run.sh"), PosixFilePermissions.fromString("rw-r--r--"));
        repo.delete("link");
        repo.write("train.py", "v3");
        repo.write("loose.txt", "staged, not in the tree");
        repo.write("sub/loose.txt", "staged too");
        repo.git("add", "loose.txt", "sub/loose.txt", "train.py");
        repo.write("untracked", "stays");
        String staged = repo.git("ls-files", "--stage");

        List<String> changed = new WorkspaceRestorer(git).restore(head(), wanted);

        assertThat(changed).containsExactly("bin/run.sh", "link", "loose.txt", "sub/loose.txt", "train.py");
        assertThat(repo.read("train.py")).isEqualTo("v2");
        assertThat(repo.path("loose.txt")).doesNotExist();
        assertThat(repo.path("sub")).doesNotExist();
        assertThat(repo.path("untracked")).exists();
        assertThat(repo.path("link")).isSymbolicLink();
        assertThat(Files.isExecutable(repo.path("bin/run.sh"))).isTrue();
        assertThat(repo.git("ls-files", "--stage")).isEqualTo(staged);
        assertThat(new WorkspaceRestorer(git).restore(wanted, wanted)).isEmpty();
    }

    @Test
    void lineEndsAreWrittenAsConfigured() {
        repo.git("config", "core.autocrlf", "true");
        repo.write(".gitattributes", "*.raw -text\n");
        repo.write("a.txt", "1\n2\n");
        repo.write("a.raw", "1\n2\n");
        ObjectId wanted = treeOfEverything();
        repo.write("a.txt", "other");
        repo.write("a.raw", "other");

        new WorkspaceRestorer(git).restore(head(), wanted);

        assertThat(repo.read("a.txt")).isEqualTo("1\r\n2\r\n");
        assertThat(repo.read("a.raw")).isEqualTo("1\n2\n");
        assertThat(new WorkspaceRestorer(git).restore(wanted, wanted)).isEmpty();
    }

    @Test
    void aDirectoryGivesWayToAFileAndTheReverse() {
        repo.write("a", "file");
        repo.write("b/c", "below");
        ObjectId wanted = treeOfEverything();
        repo.delete("a");
        repo.write("a/x", "1");
        repo.delete("b/c");
        repo.delete("b");
        repo.write("b", "file");
        repo.git("add", "-A");

        new WorkspaceRestorer(git).restore(head(), wanted);

        assertThat(repo.read("a")).isEqualTo("file");
        assertThat(repo.read("b/c")).isEqualTo("below");
    }

    @Test
    void anUntrackedFileInTheWayStopsAllBeforeAnythingIsTouched() {
        repo.write("a", "file");
        repo.write("0", "first");
        ObjectId wanted = treeOfEverything();
        repo.git("rm", "-rqf", "a", "0");
        repo.write("a/precious", "untracked");

        assertThatThrownBy(() -> new WorkspaceRestorer(git).restore(head(), wanted))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("a/precious");
        assertThat(repo.read("a/precious")).isEqualTo("untracked");
        assertThat(repo.path("0")).doesNotExist();
    }

    @Test
    void linksDoNotLeadOutOfTheWorkTree(@TempDir Path outside) throws IOException {
        repo.write("d/f", "evil");
        ObjectId wanted = treeOfEverything();
        repo.git("rm", "-rqf", "d");
        Files.createSymbolicLink(repo.path("d"), outside);

        assertThatThrownBy(() -> new WorkspaceRestorer(git).restore(head(), wanted))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("in the way");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void pathsIntoTheGitDirectoryAreRefused() throws IOException {
        ObjectId blob = ObjectId.fromString(repo.git("hash-object", "-w", "readme.txt"));
        Path input = repo.write("tree-input", "100644 blob " + blob.name() + "\tconfig");
        String inner = mktree(input);
        repo.write("tree-input", "040000 tree " + inner + "\t.git");
        String evil = mktree(input);

        assertThatThrownBy(() -> new WorkspaceRestorer(git).restore(head(), ObjectId.fromString(evil)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(".git/config");
    }

    @Test
    void aStashBringsTheWorkTreeBack() {
        repo.write("staged", "s");
        repo.git("add", "staged");
        repo.write("readme.txt", "changed\n");
        repo.write("untracked/file", "u");
        repo.write(".gitignore", "ignored\n");
        repo.write("ignored", "i");
        String before = repo.git("status", "--porcelain", "-uall");

        ObjectId stash = new StashWriter(git).write("dvc-exp-apply:a:b:c");
        new RefTransaction(git).set("refs/exps/apply/stash", stash, null);

        assertThat(repo.git("status", "--porcelain", "-uall")).isEqualTo(before);
        assertThat(repo.git("log", "-1", "--format=%s", stash.name())).isEqualTo("On main: dvc-exp-apply:a:b:c");
        String head = repo.git("rev-parse", "--short", "HEAD");
        assertThat(repo.git("log", "-1", "--format=%s", stash.name() + "^2"))
                .isEqualTo("index on main: " + head + " Start");
        assertThat(repo.git("ls-tree", "-r", "--name-only", stash.name() + "^3"))
                .isEqualTo(".gitignore\nuntracked/file");
        repo.git("reset", "-q", "--hard");
        repo.git("clean", "-fdqx");
        repo.git("stash", "apply", "--index", "-q", "refs/exps/apply/stash");
        assertThat(repo.git("status", "--porcelain", "-uall")).isEqualTo(before);
        assertThat(repo.read("readme.txt")).isEqualTo("changed\n");
        assertThat(repo.git("fsck", "--strict", "--no-dangling")).isEmpty();
    }

    private String mktree(Path input) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("git", "mktree")
                .directory(repo.root().toFile())
                .redirectInput(input.toFile());
        return new String(builder.start().getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                .strip();
    }

    private ObjectId treeOfEverything() {
        repo.git("add", "-A");
        return new WorkspaceTree(git).write(List.of(), Set.of());
    }

    private ObjectId head() {
        return git.treeOf(git.head().orElseThrow());
    }
}
