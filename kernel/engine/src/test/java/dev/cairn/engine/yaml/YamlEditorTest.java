package dev.cairn.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class YamlEditorTest {
    private static final String TEXT =
            """
            # what we train
            train:   # the loop
                epochs: 10      # enough?
                lr: "0.1"

                layers: [16, 32]
            # tail
            model: {name: mlp, units: 16}
            list:
            - a   # first
            - b
            """;

    private static String set(String text, @Nullable Object value, String... keys) {
        YamlEditor editor = new YamlEditor("test", text);
        editor.set(List.of(keys), value);
        return editor.text();
    }

    @Test
    void onlyTheValueChanges() {
        assertThat(set(TEXT, 5L, "train", "epochs")).isEqualTo(TEXT.replace("epochs: 10 ", "epochs: 5 "));
        assertThat(set(TEXT, "0.2", "train", "lr")).isEqualTo(TEXT.replace("\"0.1\"", "'0.2'"));
        assertThat(set(TEXT, "c", "list", "0")).isEqualTo(TEXT.replace("- a ", "- c "));
        assertThat(set(TEXT, 8L, "train", "layers", "1")).isEqualTo(TEXT.replace("[16, 32]", "[16, 8]"));
        assertThat(set(TEXT, 32L, "model", "units")).isEqualTo(TEXT.replace("units: 16", "units: 32"));
    }

    @Test
    void aValueThatIsThereAlreadyChangesNoByte() {
        assertThat(set(TEXT, 10L, "train", "epochs")).isEqualTo(TEXT);
        assertThat(set(TEXT, List.of(16L, 32L), "train", "layers")).isEqualTo(TEXT);
    }

    @Test
    void newKeysAreAddedBehindTheirSiblings() {
        assertThat(set(TEXT, 1L, "train", "seed"))
                .isEqualTo(TEXT.replace("layers: [16, 32]\n", "layers: [16, 32]\n    seed: 1\n"));
        assertThat(set("a: 1", 2L, "b", "c")).isEqualTo("a: 1\nb:\n  c: 2\n");
        assertThat(set("", 1L, "a")).isEqualTo("a: 1\n");
        assertThat(set("# only this\n", 1L, "a")).isEqualTo("# only this\na: 1\n");
    }

    @Test
    void collectionsReplaceScalarsAndTheReverse() {
        assertThat(set("a: 1\nb: 2\n", List.of(1L, 2L), "a")).isEqualTo("a:\n- 1\n- 2\nb: 2\n");
        assertThat(set("a:\n- 1\n- 2\n\nb: 2\n", 7L, "a")).isEqualTo("a: 7\n\nb: 2\n");
        assertThat(set("a:\nb: 2\n", Map.of("x", 1L), "a")).isEqualTo("a:\n  x: 1\nb: 2\n");
        assertThat(set("a: 1\nb: 2\n", null, "a")).isEqualTo("a:\nb: 2\n");
        assertThat(set("a: |\n  text\n  more\nb: 2\n", "x", "a")).isEqualTo("a: x\nb: 2\n");
    }

    @Test
    void removedKeysTakeTheirLinesWithThem() {
        YamlEditor editor = new YamlEditor("test", TEXT);
        editor.remove(List.of("train", "lr"));
        editor.remove(List.of("model", "name"));
        editor.remove(List.of("nope"));

        assertThat(editor.text())
                .isEqualTo(TEXT.replace("    lr: \"0.1\"\n", "").replace("{name: mlp, units: 16}", "{units: 16}"));
    }
}
