package dev.cairn.engine.params;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.error.EngineException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What DVC 2.58.2 makes of the same overrides, byte for byte. */
class TomlEditorTest {
    private static final String TEXT =
            """
            # head
            title = "x" # name
            lr = 0.1   # rate
            layers = [
              16, # first
              32,
            ]

            [train]
            epochs = 10   # many
            opt = { a = 1, b = "two" }

            [train.deep]
              "odd key" = 2

            [other]
            z = 1
            """;

    private static String edited(String... overrides) {
        List<ParameterOverride> parsed = Stream.of(overrides)
                .map(text -> ParameterOverride.parse("p.toml:" + text))
                .toList();
        byte[] after = ParameterEditor.apply("p.toml", TEXT.getBytes(StandardCharsets.UTF_8), parsed);
        return new String(after, StandardCharsets.UTF_8);
    }

    @Test
    void aValueIsReplacedWhereItStands() {
        assertThat(edited("lr=1e-5", "title=new", "train.epochs=20", "train.opt.a=5"))
                .isEqualTo(TEXT.replace("0.1 ", "1e-05 ")
                        .replace("\"x\"", "\"new\"")
                        .replace("10 ", "20 ")
                        .replace("a = 1", "a = 5"));
    }

    @Test
    void aListIsReplacedAsAWhole() {
        assertThat(edited("layers=[1,[2,3],{k:true}]"))
                .contains("\nlayers = [1, [2, 3], {k = true}]\n")
                .endsWith(TEXT.substring(TEXT.indexOf("\n[train]")));
    }

    @Test
    void aNewKeyComesBehindTheLastOfItsTable() {
        assertThat(edited("+train.new=1")).isEqualTo(TEXT.replace("\"two\" }\n", "\"two\" }\nnew = 1\n"));
        assertThat(edited("+new=1")).isEqualTo(TEXT.replace("]\n\n[train]", "]\nnew = 1\n\n[train]"));
        assertThat(edited("+train.opt.c=5")).isEqualTo(TEXT.replace("\"two\" }", "\"two\", c = 5}"));
    }

    @Test
    void aNewTableComesBehindTheOneItIsPartOf() {
        assertThat(edited("+fresh.k=1")).isEqualTo(TEXT + "\n[fresh]\nk = 1\n");
        assertThat(edited("+train.deep.more={x:1}"))
                .isEqualTo(TEXT.replace("\n[other]", "\n[train.deep.more]\nx = 1\n[other]"));
    }

    @Test
    void valuesAndTablesAreTakenOut() {
        assertThat(edited("~lr")).isEqualTo(TEXT.replace("lr = 0.1   # rate\n", ""));
        assertThat(edited("~train.opt.a")).isEqualTo(TEXT.replace("a = 1, ", ""));
        assertThat(edited("~train"))
                .isEqualTo(TEXT.substring(0, TEXT.indexOf("[train]")) + TEXT.substring(TEXT.indexOf("[other]")));
    }

    @Test
    void nothingCanBeNull() {
        assertThatThrownBy(() -> edited("lr=null"))
                .isInstanceOf(EngineException.class)
                .hasMessage("TOML has no null ('p.toml')");
    }
}
