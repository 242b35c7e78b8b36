package dev.cairn.store.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTreeTest {
    @TempDir
    Path dir;

    private TestRepository repo;
    private GitRepository git;
    private WorkspaceTree workspace;

    @BeforeEach
    void open() throws IOException {
        repo = TestRepository.in(dir);
        git = repo.open();
        workspace = new WorkspaceTree(git);
    }

    @AfterEach
    void everythingWrittenIsSound() {
        git.close();
        assertThat(repo.git("fsck", "--strict", "--no-dangling")).isEmpty();
    }

    @Test
    void aCleanWorkTreeIsHeadsTree() {
        assertThat(tree()).isEqualTo(repo.git("rev-parse", "HEAD^{tree}"));
    }

    @Test
    void changedDeletedStagedAndUntrackedAreAsForGit() {
        repo.write("a/b/one.txt", "1");
        repo.write("a/b/two.txt", "2");
        repo.write("a-b/x", "x");
        repo.write("a.b", "y");
        repo.git("add", "-A");
        repo.git("commit", "-qm", "More");
        repo.write("a/b/one.txt", "changed");
        repo.delete("a.b");
        repo.write("staged.txt", "s");
        repo.git("add", "staged.txt");
        repo.write("staged.txt", "s, changed since");
        repo.git("rm", "-q", "--cached", "a-b/x");
        repo.write("untracked", "u");
        String index = indexState();

        assertThat(tree()).isEqualTo(repo.treeByGit());
        assertThat(indexState()).isEqualTo(index);
    }

    @Test
    void lineEndsAreFoldedAsConfigured() {
        repo.git("config", "core.autocrlf", "true");
        repo.write(".gitattributes", "*.bin binary\n*.lf text eol=lf\n*.raw -text\n");
        repo.write("old.txt", "a\nb\n");
        repo.git("add", "-A");
        repo.git("commit", "-qm", "Attributes");
        repo.write("old.txt", "a\r\nb\r\nc\r\n");
        repo.write("new.txt", "x\r\ny\r\n");
        repo.write("new.bin", "x\r\ny\r\n");
        repo.write("new.raw", "x\r\ny\r\n");
        repo.write("new.lf", "x\r\ny\r\n");

        assertThat(tree("new.txt", "new.bin", "new.raw", "new.lf"))
                .isEqualTo(repo.treeByGit("new.txt", "new.bin", "new.raw", "new.lf"));
    }

    @Test
    void crlfThatIsInTheIndexStaysUnderAutocrlf() {
        repo.write("crlf.txt", "a\r\nb\r\n");
        repo.git("add", "-A");
        repo.git("commit", "-qm", "With CRLF");
        repo.git("config", "core.autocrlf", "input");
        repo.write("crlf.txt", "a\r\nb\r\nc\r\n");

        assertThat(tree()).isEqualTo(repo.treeByGit());
    }

    @Test
    void cleanFiltersAreRun() {
        repo.git("config", "filter.upper.clean", "tr a-z A-Z");
        repo.write(".gitattributes", "*.up filter=upper\n");
        repo.write("f.up", "abc\n");
        repo.git("add", "-A");
        repo.git("commit", "-qm", "Filtered");
        repo.write("f.up", "def\n");

        assertThat(tree()).isEqualTo(repo.treeByGit());
    }

    @Test
    void executableBitsAndLinksAreRecorded() throws IOException {
        repo.write("run.sh", "#!/bin/sh\n");
        repo.write("was-link", "text");
        Files.createSymbolicLink(repo.path("link"), Path.of("readme.txt"));
        repo.git("add", "-A");
        repo.git("commit", "-qm", "Links");
        Files.setPosixFilePermissions(repo.path("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        repo.delete("link");
        Files.createSymbolicLink(repo.path("link"), Path.of("run.sh"));
        repo.delete("was-link");
        Files.createSymbolicLink(repo.path("was-link"), Path.of("ü"));

        assertThat(tree()).isEqualTo(repo.treeByGit());
        repo.git("config", "core.fileMode", "false");
        assertThat(tree()).isEqualTo(repo.treeByGit());
    }

    @Test
    void aFileThatBecameADirectoryAndTheReverse() throws IOException {
        repo.write("file", "f");
        repo.write("directory/f", "f");
        repo.write("linked/f", "f");
        repo.git("add", "-A");
        repo.git("commit", "-qm", "Both");
        repo.delete("file");
        repo.write("file/now/below", "b");
        repo.delete("directory/f");
        repo.delete("directory");
        repo.write("directory", "d");
        Files.move(repo.path("linked"), repo.path("elsewhere"));
        Files.createSymbolicLink(repo.path("linked"), Path.of("elsewhere"));

        assertThat(tree()).isEqualTo(repo.treeByGit());
        assertThat(tree("file/now/below", "directory")).isEqualTo(repo.treeByGit("file/now/below", "directory"));
    }

    @Test
    void attributesThatWereDeletedOrEmptiedNoLongerCount() {
        repo.write(".gitattributes", "* text=auto\n");
        repo.write("a.txt", "1\n");
        repo.git("add", "-A");
        repo.git("commit", "-qm", "Attributes");
        repo.write("a.txt", "1\r\n2\r\n");
        assertThat(tree()).isEqualTo(repo.treeByGit());

        repo.write(".gitattributes", "");
        assertThat(tree()).isEqualTo(repo.treeByGit());
        repo.delete(".gitattributes");
        assertThat(tree()).isEqualTo(repo.treeByGit());
    }

    @Test
    void namedPathsAreAddedAlsoIgnoredFilesAndDirectoriesWithoutIgnoredOnes() {
        repo.write(".gitignore", "*.log\n/forced\n");
        repo.write("out/a/1", "1");
        repo.write("out/b.log", "no");
        repo.write("out/2", "2");
        repo.write("forced", "f");
        repo.write("untracked", "u");

        assertThat(tree("out", "metrics/none.json")).isEqualTo(repo.treeByGit("out"));
        assertThat(git.files(workspace.write(List.of("forced"), Set.of())).list())
                .containsExactly("forced", "readme.txt");
    }

    @Test
    void excludedPathsAreLeftOut() {
        repo.write("tmp/repro.dat", "x");
        repo.write("keep", "k");
        repo.git("add", "-A");

        assertThat(git.files(workspace.write(List.of(), Set.of("tmp/repro.dat")))
                        .list())
                .containsExactly("keep", "readme.txt");
        assertThat(git.files(workspace.write(List.of(), Set.of("tmp"))).list()).containsExactly("keep", "readme.txt");
    }

    @Test
    void aChangeThatKeepsSizeAndTimeIsSeenAsGitSeesIt() throws IOException {
        Path file = repo.write("same-size", "one");
        repo.git("add", "-A");
        repo.git("commit", "-qm", "One");
        repo.git("update-index", "--refresh");
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, FileTime.from(time.to(TimeUnit.NANOSECONDS), TimeUnit.NANOSECONDS));

        assertThat(tree()).isEqualTo(repo.treeByGit());
        assertThat(git.files(workspace.write(List.of(), Set.of())).read("same-size"))
                .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("two"));
    }

    @Test
    void changesInQuickSuccessionAreAllSeen() {
        repo.write("counter", "0");
        repo.git("add", "-A");
        repo.git("commit", "-qm", "Counter");
        for (int i = 1; i < 30; i++) {
            repo.write("counter", Integer.toString(i % 10));
            String expected = Integer.toString(i % 10);

            assertThat(git.files(workspace.write(List.of(), Set.of())).read("counter"))
                    .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo(expected));
        }
    }

    @Test
    void flagsOfTheIndexAreHonoured() {
        repo.write("assumed", "a");
        repo.write("skipped", "s");
        repo.git("add", "-A");
        repo.git("commit", "-qm", "Flags");
        repo.git("update-index", "--assume-unchanged", "assumed");
        repo.git("update-index", "--skip-worktree", "skipped");
        repo.write("assumed", "changed");
        repo.delete("skipped");
        repo.write("intended", "i");
        repo.git("add", "-N", "intended");

        assertThat(tree()).isEqualTo(repo.treeByGit());
    }

    @Test
    void submodulesKeepTheirCommit() throws IOException {
        TestRepository other = TestRepository.in(Files.createDirectories(repo.path("lib")));
        repo.git("add", "lib");
        repo.git("commit", "-qm", "Submodule");

        assertThat(tree()).isEqualTo(repo.treeByGit()).isEqualTo(repo.git("rev-parse", "HEAD^{tree}"));
        other.git("commit", "-q", "--allow-empty", "-m", "Further");
        assertThat(tree()).isEqualTo(repo.treeByGit());
    }

    @Test
    void anUnfinishedMergeIsRefused() {
        repo.git("checkout", "-qb", "side");
        repo.write("readme.txt", "side\n");
        repo.git("commit", "-qam", "Side");
        repo.git("checkout", "-q", "main");
        repo.write("readme.txt", "main\n");
        repo.git("commit", "-qam", "Main");
        assertThatThrownBy(() -> repo.git("merge", "side")).hasMessageContaining("CONFLICT");

        assertThatThrownBy(this::tree)
                .isInstanceOf(UnmergedIndexException.class)
                .hasMessageContaining("readme.txt");
    }

    @Test
    void aRepositoryWithoutACommitHasAnEmptyTree(@TempDir Path fresh) throws IOException {
        TestRepository.in(fresh).git("update-ref", "-d", "HEAD");
        try (GitRepository empty = GitRepository.discover(fresh).orElseThrow()) {
            assertThat(empty.head()).isEmpty();
            assertThat(empty.headRef()).contains("refs/heads/main");
            assertThat(new WorkspaceTree(empty)
                            .write(List.of(), Set.of("readme.txt"))
                            .name())
                    .isEqualTo("4b825dc642cb6eb9a060e54bf8d69288fbee4904");
        }
    }

    private String tree(String... extraPaths) {
        return workspace.write(List.of(extraPaths), Set.of()).name();
    }

    private String indexState() {
        return repo.git("ls-files", "--stage");
    }
}
