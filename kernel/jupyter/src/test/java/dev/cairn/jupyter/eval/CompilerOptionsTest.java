package dev.cairn.jupyter.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CompilerOptionsTest {
    @Test
    void ownOptionsAreAdded() {
        assertThat(CompilerOptions.of(Map.of("CAIRN_COMPILER_OPTIONS", " -parameters  -g ")))
                .endsWith("-parameters", "-g");
    }

    @Test
    void previewsAreOfTheJavaThatRuns() {
        String release = String.valueOf(Runtime.version().feature());

        assertThat(CompilerOptions.of(Map.of("CAIRN_JAVA_PREVIEW", "1")))
                .containsSubsequence("--enable-preview", "-source", release);
        assertThat(CompilerOptions.of(Map.of("JDK_JAVA_OPTIONS", "-Xmx1g --enable-preview")))
                .contains("--enable-preview");
        assertThat(CompilerOptions.of(Map.of())).doesNotContain("--enable-preview");
    }
}
