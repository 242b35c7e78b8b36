package dev.cairn.store.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IgnoreRulesTest {
    @TempDir
    Path root;

    @Test
    void theLatestAndNearestPatternWins() throws IOException {
        Files.writeString(root.resolve(".dvcignore"), "# comment\n*.log\n!keep.log\n/build\ntmp/\n");
        Files.createDirectories(root.resolve("data"));
        Files.writeString(root.resolve("data/.dvcignore"), "!again.log\n*.txt\n");
        IgnoreRules rules = new IgnoreRules(root);

        assertThat(rules.isIgnored(root.resolve("x.log"), false)).isTrue();
        assertThat(rules.isIgnored(root.resolve("keep.log"), false)).isFalse();
        assertThat(rules.isIgnored(root.resolve("data/x.log"), false)).isTrue();
        assertThat(rules.isIgnored(root.resolve("data/again.log"), false)).isFalse();
        assertThat(rules.isIgnored(root.resolve("data/a.txt"), false)).isTrue();
        assertThat(rules.isIgnored(root.resolve("a.txt"), false)).isFalse();
        assertThat(rules.isIgnored(root.resolve("build"), true)).isTrue();
        assertThat(rules.isIgnored(root.resolve("data/build"), true)).isFalse();
        assertThat(rules.isIgnored(root.resolve("tmp"), false)).isFalse();
        assertThat(rules.isIgnored(root.resolve("data/tmp"), true)).isTrue();
        assertThat(rules.isIgnored(root.resolve("data/tmp/x"), false)).isTrue();
        assertThat(rules.isIgnored(root.resolve("../x.log"), false)).isFalse();
    }

    @Test
    void thePatternThatDecidesIsToldWithItsPlace() throws IOException {
        Files.writeString(root.resolve(".dvcignore"), "a\n\n# no\n*.log\n");
        IgnoreRules rules = new IgnoreRules(root);

        assertThat(rules.deciding(root.resolve("data/b.log"), false)).hasValueSatisfying(pattern -> {
            assertThat(pattern.file()).isEqualTo(root.resolve(".dvcignore"));
            assertThat(pattern.line()).isEqualTo(4);
            assertThat(pattern.text()).isEqualTo("*.log");
        });
        assertThat(rules.deciding(root.resolve("data/b"), false)).isEmpty();
    }

    @Test
    void repositoriesOwnFilesAndSubProjectsAreNotLookedAt() throws IOException {
        Files.createDirectories(root.resolve("lib/sub/.dvc"));
        Files.createDirectories(root.resolve(".dvc"));
        IgnoreRules rules = new IgnoreRules(root);

        assertThat(rules.isIgnored(root.resolve(".git/config"), false)).isTrue();
        assertThat(rules.isIgnored(root.resolve("a/.git"), false)).isTrue();
        assertThat(rules.isIgnored(root.resolve(".dvc/config"), false)).isTrue();
        assertThat(rules.isIgnored(root.resolve(".hg"), true)).isTrue();
        assertThat(rules.isIgnored(root.resolve("lib/sub/data"), false)).isTrue();
        assertThat(rules.isIgnored(root.resolve("lib/data"), false)).isFalse();
        assertThat(rules.isIgnored(root.resolve(".dvcignore"), false)).isFalse();
    }
}
