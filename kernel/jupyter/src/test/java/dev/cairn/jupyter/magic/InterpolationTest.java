package dev.cairn.jupyter.magic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.jupyter.magic.Interpolation.Piece;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterpolationTest {
    @Test
    void expressionsAreCutOut() {
        assertThat(pieces("a={x} b={map.get(\"}\")}c"))
                .containsExactly(
                        new Piece("a=", false),
                        new Piece("x", true),
                        new Piece(" b=", false),
                        new Piece("map.get(\"}\")", true),
                        new Piece("c", false));
    }

    @Test
    void doubledBracesStandForThemselves() {
        assertThat(pieces("{{x}}")).containsExactly(new Piece("{x}", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${HOME}", "HEAD@{1}", "a{3}", "{print $1}", "{a,b}", "{}", "{", "}", "{\"a\": 1}"})
    void otherBracesStay(String arguments) {
        assertThat(pieces(arguments)).containsExactly(new Piece(arguments, false));
    }

    private static List<Piece> pieces(String arguments) {
        return Interpolation.pieces(arguments, text -> text.matches("[\\w.]+(\\(.*\\))?"));
    }
}
