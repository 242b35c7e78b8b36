package dev.cairn.jupyter.magic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellScannerTest {
    @Test
    void lineMagicStandsBetweenStatements() {
        assertThat(scan("int a = 1;\n%exp show --all\nint b = 2;"))
                .containsExactly(
                        new CellPart.Java("int a = 1;\n", 1, 0),
                        new CellPart.Line("", "exp", "show --all", 2),
                        new CellPart.Java("\nint b = 2;", 2, 26));
    }

    @Test
    void cellMagicTakesTheWholeCell() {
        assertThat(scan("%%sh -x\necho %a\n!b")).containsExactly(new CellPart.Cell("sh", "-x", "echo %a\n!b", 1));
    }

    @Test
    void cellMagicMayHaveNoArguments() {
        assertThat(scan("\n%%time\nwork();")).containsExactly(new CellPart.Cell("time", "", "work();", 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "String s = \"\"\"\n%magic\n!command\n\"\"\";",
                "String s = \"\"\"\n\\\"\"\"\n%magic\n\"\"\";",
                "/*\n%magic\n!command\n*/ int a;",
                "// text\n//%magic\nint a;",
                "int r = total\n  % size;",
                "int r = (a + b)\n%size;",
                "int r = values[0]\n% size;",
                "foo(a,\n%b);",
                "boolean b = !flag;",
                "a %= 3;",
                "if (\n!flag) { }",
                "boolean b = a != c;",
                "char c = '%'; String t = \"\\\"%x\";",
                "return a\n% b;",
            })
    void javaIsLeftAlone(String cell) {
        assertThat(scan(cell)).containsExactly(new CellPart.Java(cell, 1, 0));
    }

    @Test
    void magicAfterAStatementWithoutSemicolonIsNoRemainder() {
        assertThat(scan("x\n%exp show")).hasSize(2).last().isEqualTo(new CellPart.Line("", "exp", "show", 2));
    }

    @Test
    void valueOfAMagicIsAssigned() {
        assertThat(scan("foo(); var table = %exp show;"))
                .containsExactly(new CellPart.Java("foo(); ", 1, 0), new CellPart.Line("var table", "exp", "show", 1));
        assertThat(scan("List<String> x = %sh ls")).containsExactly(new CellPart.Line("List<String> x", "sh", "ls", 1));
        assertThat(scan("x = %m")).containsExactly(new CellPart.Line("x", "m", "", 1));
    }

    @Test
    void backslashContinuesALine() {
        assertThat(scan("%dvc exp run \\\n   -n name\nint a;"))
                .startsWith(new CellPart.Line("", "dvc", "exp run -n name", 1))
                .hasSize(2);
    }

    @Test
    void shellCommandStandsAtTheStartOfAStatement() {
        assertThat(scan("  !ls -l | wc")).containsExactly(new CellPart.Line("", "!", "ls -l | wc", 1));
    }

    @Test
    void magicInBracesBecomesACallOnItsLine() {
        List<CellPart> parts = scan("for (int i = 0; i < 3; i++) {\n  %exp run -S seed={i}\n  var x = %m a \\\n b;\n}");

        assertThat(parts).hasSize(1);
        assertThat(((CellPart.Java) parts.get(0)).code())
                .isEqualTo("for (int i = 0; i < 3; i++) {\n"
                        + "  dev.cairn.jupyter.magic.InlineMagic.run(\"exp\", \"run -S seed=\", (Object) (i));\n"
                        + "  var x = dev.cairn.jupyter.magic.InlineMagic.run(\"m\", \"a b\");\n\n}");
    }

    @Test
    void blankCellHasNoParts() {
        assertThat(scan(" \n ")).isEmpty();
    }

    private static List<CellPart> scan(String cell) {
        return CellScanner.scan(cell, text -> text.matches("\\w+"));
    }
}
