package dev.cairn.jupyter.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What JShell's compiler has to read again for every next snippet does not grow with the cells that ran. */
class ShellMemoryTest {
    private final TestEvaluator cells = new TestEvaluator();

    @AfterEach
    void end() {
        cells.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 + %d",
                "Math.max(1, %d)",
                "System.out.print(\"\" + %d)",
                "shared = %d",
                "int again = %d",
                "String label(int i) { return i + \"%d\"; }\nlabel(3)",
                "class Point { int x = %d; class Inner {} }\nnew Point().x",
                "int a = 1; int b = a + %d; for (int i = 0; i < b; i++) { shared += i; }\nshared"
            })
    void cellsThatRunAgainLeaveNothing(String cell) {
        cells.run("int shared = 0;");
        cells.run(cell.formatted(0));
        cells.run(cell.formatted(1));
        int before = cells.evaluator.compiledClasses();

        for (int i = 2; i < 12; i++) {
            cells.run(cell.formatted(i));
        }

        assertThat(before).as("JShell's fields are as expected").isPositive();
        assertThat(cells.evaluator.compiledClasses()).isEqualTo(before);
    }

    @Test
    void whatIsDeclaredStays() {
        cells.run("class Point { int x = 1; class Inner { int y = 2; } }\nint two = 2;");
        cells.run("two = 3;");
        cells.run("class Point { int x = 4; class Inner { int y = 5; } }");
        cells.run("var inner = new Point().new Inner();");

        assertThat(cells.run("inner.y + new Point().x + two")).isEqualTo(12);
    }

    @Test
    void typesAreToldAfterAReset() {
        cells.run("class Point { int x; }\nvar point = new Point();");

        cells.evaluator.forgetDeclarations();
        cells.run("var names = new ArrayList<String>();");

        assertThat(cells.evaluator.variables()).containsExactly(Map.entry("names", "ArrayList<String>"));
        assertThat(cells.evaluator.assist().document("Math.max(", 9)).isNotEmpty();
        cells.run("record Point(int y) {}");
        assertThat(cells.run("new Point(3).y()")).isEqualTo(3);
    }
}
