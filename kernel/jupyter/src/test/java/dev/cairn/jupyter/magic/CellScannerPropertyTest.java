package dev.cairn.jupyter.magic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Cells put together at random from pieces whose reading is known; the seed tells which cell failed. */
class CellScannerPropertyTest {
    private static final int CELLS = 3_000;
    private static final int MOST_PIECES = 8;
    private static final List<String> JAVA = List.of(
            "int a = 1;\n",
            "String s = \"%x \\\" !y // \";\n",
            "String s = \"a\" +\n  \"%b\";\n",
            "// %who it's\n",
            "/* \"\n%who\n!ls\n//DEPS a:b:1\n*/\n",
            "String t = \"\"\"\n%who\n!ls \\\"\"\" %x\n//DEPS a:b:1\n\"\"\";\n",
            "int m = a\n% b;\n",
            "int m = f(a)\n  % b\n  % 3;\n",
            "char c = '\\'';\n",
            "char c = '\"';\n",
            "if (a\n% b == 0) { f(\n!flag); }\n",
            "class X { int f() { return a\n% b; } }\n",
            "var l = List.of(\n\"%x\",\n\"!y\");\n",
            "a %= 2;\n",
            "boolean n = !m;\n",
            "boolean n = m\n!= k;\n",
            "for (int i = 0; i < 3; i++) { x[i\n% 2] += 1; }\n",
            "Runnable r = () -> { /* } */ };\n",
            "var f = x -> x\n% 2;\nint after = 0;\n",
            "\n");
    private static final List<String> MAGICS =
            List.of("%who x\n", "!ls -l\n", "var z = %env A\n", "var z = !ls -l\n", "  %timeit f(\"%x\")\n", "!!ls\n");

    @Test
    void javaIsNeverTakenForAMagic() {
        for (int seed = 0; seed < CELLS; seed++) {
            var random = new Random(seed);
            var cell = new StringBuilder();
            for (int i = random.nextInt(MOST_PIECES); i >= 0; i--) {
                cell.append(pick(JAVA, random));
            }

            List<CellPart> parts = scan(cell.toString());

            if (!cell.toString().isBlank()) {
                assertThat(parts).as("seed %s", seed).containsExactly(new CellPart.Java(cell.toString(), 1, 0));
            }
        }
    }

    @Test
    void everyMagicBetweenStatementsIsFoundAndNothingElse() {
        for (int seed = 0; seed < CELLS; seed++) {
            var random = new Random(seed);
            var cell = new StringBuilder();
            List<Integer> magicLines = new ArrayList<>();
            for (int i = random.nextInt(MOST_PIECES); i >= 0; i--) {
                boolean isMagic = random.nextBoolean();
                if (isMagic) {
                    magicLines.add(1 + (int) cell.chars().filter(c -> c == '\n').count());
                }
                cell.append(pick(isMagic ? MAGICS : JAVA, random));
            }

            List<CellPart> parts = scan(cell.toString());

            assertThat(parts.stream()
                            .filter(CellPart.Line.class::isInstance)
                            .map(CellPart::line)
                            .toList())
                    .as("seed %s: %s", seed, cell)
                    .isEqualTo(magicLines);
            assertThat(parts).as("seed %s", seed).allSatisfy(part -> {
                if (part instanceof CellPart.Java java) {
                    assertThat(cell.substring(java.offset())).startsWith(java.code());
                }
            });
        }
    }

    private static String pick(List<String> pieces, Random random) {
        return pieces.get(random.nextInt(pieces.size()));
    }

    private static List<CellPart> scan(String cell) {
        return CellScanner.scan(cell, text -> text.matches("\\w+"), name -> false);
    }
}
