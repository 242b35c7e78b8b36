package dev.cairn.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.error.InvalidFileException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The text is what DVC 2.58.2 wrote. */
class LockFileTest {
    private static final String TEXT =
            """
            schema: '2.0'
            stages:
              train:
                cmd: cat in.txt > o; echo m > m
                deps:
                - path: in.txt
                  md5: ba8d2b9408ed255ee92a112fe7ba59be
                  size: 3
                params:
                  params.yaml:
                    lr: 0.1
                    nested.deep.a: 2
                  p.json:
                    a: 1.0
                outs:
                - path: d
                  md5: 902c1837b615c57e919882031a5e8c11.dir
                  size: 2
                  nfiles: 1
                - path: o
                  md5: ba8d2b9408ed255ee92a112fe7ba59be
                  size: 3
              # a comment that somebody wrote
              eval:
                cmd: echo 1 > e
            """;

    private static LockFile parse(String text) {
        return LockFile.parse("dvc.lock", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anEntryIsWrittenAsDvcWritesIt() {
        LockFile lock = parse(TEXT);

        LockFile rewritten = LockFile.empty("dvc.lock")
                .with("train", lock.entries().get("train"))
                .with("eval", lock.entries().get("eval"));

        assertThat(rewritten.text()).isEqualTo(TEXT.replace("  # a comment that somebody wrote\n", ""));
    }

    @Test
    void aChangedEntryLeavesTheOthersAlone() {
        LockFile lock = parse(TEXT);
        LockEntry eval =
                new LockEntry(Command.of("echo 2 > e"), java.util.List.of(), java.util.Map.of(), java.util.List.of());

        assertThat(lock.with("eval", eval).text()).isEqualTo(TEXT.replace("echo 1", "echo 2"));
        assertThat(lock.with("eval", lock.entries().get("eval"))).isSameAs(lock);
        assertThat(lock.without("eval").text()).endsWith("size: 3\n  # a comment that somebody wrote\n");
    }

    @Test
    void foreignFilesAreRefused() {
        assertThatThrownBy(() -> parse("schema: '3.0'\nstages: {}\n"))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("invalid schema version 3.0");
        assertThatThrownBy(() -> parse(TEXT.replace("ba8d2b9408ed255ee92a112fe7ba59be", "../../x")))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("is not an md5");
    }
}
