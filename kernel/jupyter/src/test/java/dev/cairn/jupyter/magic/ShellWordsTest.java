package dev.cairn.jupyter.magic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShellWordsTest {
    @Test
    void blanksSplitAndQuotesKeep() {
        assertThat(ShellWords.split("a  'b c' \"d \\\"e\\\"\" f\\ g '' h'i'"))
                .containsExactly("a", "b c", "d \"e\"", "f g", "", "hi");
    }

    @Test
    void backslashInDoubleQuotesStaysBeforeOrdinaryCharacters() {
        assertThat(ShellWords.split("\"a\\nb\" '\\n'")).containsExactly("a\\nb", "\\n");
    }

    @Test
    void nothingHasNoWords() {
        assertThat(ShellWords.split("  ")).isEmpty();
    }
}
