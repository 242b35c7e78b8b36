package dev.cairn.store.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitRepositoryTest {
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
    void aRepositoryIsFoundFromBelowAndNotFoundOutside(@TempDir Path outside) throws IOException {
        Path below = Files.createDirectories(repo.path("a/b"));

        try (GitRepository found = GitRepository.discover(below).orElseThrow()) {
            assertThat(found.workTree()).isEqualTo(repo.root());
            assertThat(found.gitDir()).isEqualTo(repo.path(".git"));
        }
        assertThat(GitRepository.discover(outside)).isEmpty();
    }

    @Test
    void aLinkedWorkTreeIsARepositoryToo(@TempDir Path other) {
        repo.git("worktree", "add", "-q", other.resolve("tree").toString(), "-b", "second");

        try (GitRepository linked =
                GitRepository.discover(other.resolve("tree")).orElseThrow()) {
            assertThat(linked.headRef()).contains("refs/heads/second");
            assertThat(linked.head()).isEqualTo(git.head());
            new RefTransaction(linked)
                    .compareAndSet("refs/exps/x", ObjectId.zeroId(), git.head().orElseThrow(), null);
        }
        assertThat(git.refValue("refs/exps/x")).isEqualTo(git.head());
    }

    @Test
    void headAndRevisionsAreRead() {
        repo.write("readme.txt", "two\n");
        repo.git("commit", "-qam", "Second");
        repo.git("tag", "-m", "Annotated", "v1");
        ObjectId head = ObjectId.fromString(repo.git("rev-parse", "HEAD"));

        assertThat(git.head()).contains(head);
        assertThat(git.headRef()).contains("refs/heads/main");
        assertThat(git.resolve("HEAD")).contains(head);
        assertThat(git.resolve("main")).contains(head);
        assertThat(git.resolve("v1")).contains(head);
        assertThat(git.resolve(head.abbreviate(7).name())).contains(head);
        assertThat(git.resolve("HEAD~1").map(ObjectId::name)).contains(repo.git("rev-parse", "HEAD~1"));
        assertThat(git.resolve("nonsense")).isEmpty();
        assertThat(git.resolve("HEAD^{tree}")).isEmpty();
        assertThat(git.resolve("a..b~^")).isEmpty();
        assertThat(git.tagsAt(head)).containsExactly("v1");
        assertThat(git.branchesAt(head)).containsExactly("main");
        assertThat(git.nameOf(head)).contains("main");
        repo.git("checkout", "-q", "--detach");
        assertThat(git.headRef()).isEmpty();
        assertThat(git.head()).contains(head);
    }

    @Test
    void commitsAreReadAlongTheirFirstParents() {
        ObjectId first = git.head().orElseThrow();
        for (int i = 1; i <= 3; i++) {
            repo.git("commit", "-q", "--allow-empty", "-m", "Commit " + i + "\n\nwith a body");
        }
        ObjectId tip = git.head().orElseThrow();

        assertThat(git.firstParents(tip, first, 100))
                .extracting(CommitInfo::subject)
                .containsExactly("Commit 3", "Commit 2", "Commit 1");
        assertThat(git.firstParents(tip, null, 2)).hasSize(2);
        assertThat(git.firstParents(tip, null, 100)).hasSize(4);
        CommitInfo commit = git.commit(tip);
        assertThat(commit.message()).isEqualTo("Commit 3\n\nwith a body\n");
        assertThat(commit.time()).isEqualTo(Instant.ofEpochSecond(1700000060));
        assertThat(commit.parents()).hasSize(1);
        assertThat(git.isAncestor(first, tip)).isTrue();
        assertThat(git.isAncestor(tip, first)).isFalse();
    }

    @Test
    void filesOfATreeAreReadRaw() throws IOException {
        repo.write("d/a.txt", "a\r\n");
        Files.createSymbolicLink(repo.path("link"), Path.of("d/a.txt"));
        repo.git("add", "-A");
        repo.git("commit", "-qm", "Files");

        TreeFiles files = git.files(git.head().orElseThrow());

        assertThat(files.list()).containsExactly("d/a.txt", "link", "readme.txt");
        assertThat(files.list("d")).containsExactly("d/a.txt");
        assertThat(files.read("d/a.txt"))
                .hasValueSatisfying(b -> assertThat(b).asString().isEqualTo("a\r\n"));
        assertThat(files.read("link"))
                .hasValueSatisfying(b -> assertThat(b).asString().isEqualTo("d/a.txt"));
        assertThat(files.read("d")).isEmpty();
        assertThat(files.read("gone")).isEmpty();
        assertThat(files.exists("d")).isTrue();
        assertThat(files.exists("d/a")).isFalse();
        assertThat(files.idOf("d/a.txt").map(ObjectId::name)).contains(repo.git("rev-parse", "HEAD:d/a.txt"));
        assertThat(git.changedPaths(
                        git.resolve("HEAD~1").orElseThrow(), git.head().orElseThrow()))
                .containsExactly("d/a.txt", "link");
    }

    @Test
    void trackedIsWhatTheIndexHas() {
        repo.write("d/a", "a");
        assertThat(git.isTracked(repo.path("d/a"))).isFalse();
        repo.git("add", "d/a");

        assertThat(git.isTracked(repo.path("d/a"))).isTrue();
        assertThat(git.isTracked(repo.path("d"))).isTrue();
        assertThat(git.isTracked(repo.path("e"))).isFalse();
        assertThat(git.isTracked(repo.root().getParent())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "x.log, true",
        "d/x.log, true",
        "d/keep.log, false",
        "d/new/x.tmp, true",
        "build/a, true",
        "d/build, false",
        "excluded, true",
        "other, false"
    })
    void ignoredIsWhatGitIgnores(String path, boolean ignored) {
        repo.write(".gitignore", "*.log\n/build/\n");
        repo.write("d/.gitignore", "!keep.log\n*.tmp\n");
        repo.write(".git/info/exclude", "excluded\n");
        repo.write("build/keep", "");

        assertThat(git.isIgnored(repo.path(path))).isEqualTo(ignored);
        assertThat(check(path)).isEqualTo(ignored);
    }

    private boolean check(String path) {
        try {
            repo.git("check-ignore", "-q", path);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    @Test
    void stagingIsGitAdd() {
        repo.write(".dvc/config", "");
        repo.write(".dvcignore", "# patterns\n");

        git.stage(List.of(repo.path(".dvc/config"), repo.path(".dvcignore")));

        assertThat(repo.git("status", "--porcelain")).isEqualTo("A  .dvc/config\nA  .dvcignore");
    }

    @Test
    void theIdentityComesFromTheEnvironmentThenFromTheConfiguration() {
        assertThat(git.author().getName()).isEqualTo("A U Thor");
        assertThat(git.committer().getWhenAsInstant()).isEqualTo(Instant.ofEpochSecond(1700000060));
        assertThat(git.committer().getZoneId()).isEqualTo(ZoneOffset.ofHours(1));
        repo.git("config", "user.name", "Config");
        repo.git("config", "user.email", "config@example.org");
        repo.git("config", "committer.name", "Committer");

        try (GitRepository configured =
                GitRepository.discover(repo.root(), Map.of()).orElseThrow()) {
            assertThat(configured.author().getName()).isEqualTo("Config");
            assertThat(configured.committer().getName()).isEqualTo("Committer");
            assertThat(configured.committer().getEmailAddress()).isEqualTo("config@example.org");
        }
    }

    @Test
    void anIdentityInAConditionalIncludeIsFound(@TempDir Path elsewhere) throws IOException {
        Path included = Files.writeString(
                elsewhere.resolve("work.config"), "[user]\n\tname = At Work\n\temail = work@example.org\n");
        repo.git("config", "user.name", "At Home");
        repo.git("config", "user.email", "home@example.org");
        repo.git("config", "includeIf.gitdir:" + repo.root() + "/.path", included.toString());

        try (GitRepository configured =
                GitRepository.discover(repo.root(), Map.of()).orElseThrow()) {
            assertThat(configured.author().getEmailAddress()).isEqualTo("work@example.org");
            assertThat(configured.author().getName()).isEqualTo("At Work");
        }
    }

    @Test
    void anUnknownIdentityIsNotGuessed() {
        repo.git("config", "user.name", "");
        try (GitRepository anonymous =
                GitRepository.discover(repo.root(), Map.of()).orElseThrow()) {
            assertThatThrownBy(anonymous::author)
                    .isInstanceOf(GitIdentityException.class)
                    .hasMessageContaining("Git username and email must be configured");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "@1112911993 -0700, 1112911993, -07:00",
        "1112911993 +0530, 1112911993, +05:30",
        "2005-04-07T22:13:13+02:00, 1112904793, +02:00",
        "2005-04-07T22:13:13Z, 1112911993, Z",
        "2005-04-07 22:13:13 +0200, 1112904793, +02:00",
        "'Thu, 7 Apr 2005 22:13:13 +0200', 1112904793, +02:00"
    })
    void datesOfTheEnvironmentAreUnderstood(String text, long seconds, String zone) {
        Map<String, String> environment = new HashMap<>(TestRepository.IDENTITY);
        environment.put("GIT_AUTHOR_DATE", text);
        try (GitRepository dated =
                GitRepository.discover(repo.root(), environment).orElseThrow()) {
            assertThat(dated.author().getWhenAsInstant()).isEqualTo(Instant.ofEpochSecond(seconds));
            assertThat(dated.author().getZoneId()).isEqualTo(ZoneOffset.of(zone));
        }
    }

    @Test
    void aCommitHasTheMessageAsItIs() {
        ObjectId tree = git.treeOf(git.head().orElseThrow());

        ObjectId commit =
                new CommitWriter(git).write(tree, List.of(git.head().orElseThrow()), "dvc: commit experiment ü");

        assertThat(repo.git("cat-file", "commit", commit.name()))
                .isEqualTo("tree " + tree.name() + "\nparent "
                        + git.head().orElseThrow().name()
                        + "\nauthor A U Thor <author@example.org> 1700000000 +0100"
                        + "\ncommitter C O Mitter <committer@example.org> 1700000060 +0100"
                        + "\n\ndvc: commit experiment ü");
        assertThat(repo.git("cat-file", "-s", commit.name()))
                .isEqualTo(Integer.toString(
                        repo.git("cat-file", "commit", commit.name()).getBytes(StandardCharsets.UTF_8).length));
        assertThat(repo.git("fsck", "--strict", "--no-dangling")).isEmpty();
    }
}
