package dev.cairn.jupyter.magic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                "String s = \"\"\"\n  //DEPS a:b:1\n\"\"\";",
                "/*\n//DEPS a:b:1\n*/ int a;",
                "int a; //DEPS a:b:1",
                "boolean open = !closed",
                "boolean open = !closed && ready",
                "boolean open = !ls -l",
                "var open = !isKnown",
                "var open = !isKnown | other",
                "var open = !closed;",
                "boolean closed = f(); var open = !closed",
                "open = !closed",
                "var open = !list.isEmpty()",
                "var open = !check(\n  a);",
                "open = !closed // really not",
                "var open = !(a && b)",
                "var open = !!isKnown",
                "open = !a.b && c;",
                "open = !a ? 1 : 2;",
                "int a = 7\n  %\n  3;",
                "int a = b /* \n%magic */ % 3;",
                "String s = \"a\" + \"\"\"\n\\\"\"\"%x\n%y\"\"\";",
                "char q = '\"';\nint m = 5\n%q;",
                "var f = new int[] {\n  7\n  % 5};",
                "String s = \"\\\\\"; int m = s.length()\n% 5;",
                "var x = switch (a) {\n  case 1 -> 5\n    % 3;\n  default -> 0; };",
                "Function<Integer, Integer> f = n -> n\n  % 3;",
                "@SuppressWarnings(\"%x\")\nint a = 3;",
                "foo(\n!flag,\n%b);",
                "boolean b = a\n!= c;",
                "// it's\n/* \" */ int a; // %x",
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '`',
            value = {
                "var x = !ls @ var x @ ls",
                "var x = !ls -l @ var x @ ls -l",
                "List<String> x = !git log --oneline; @ List<String> x @ git log --oneline",
                "final var x = !cat f | wc -l @ final var x @ cat f | wc -l",
                "x = !echo a && echo b @ x @ echo a && echo b",
                "var x = !./run.sh @ var x @ ./run.sh",
                "var x = !ls | wc @ var x @ ls | wc",
                "!!ls @ `` @ ls",
            })
    void outputOfACommandIsKept(String cell, String target, String command) {
        assertThat(scan(cell)).containsExactly(new CellPart.Line(target, "!!", command, 1));
    }

    @Test
    void commandWhoseOutputIsKeptInBracesBecomesACall() {
        assertThat(scan("{ var x = !ls -l {dir}\n }"))
                .containsExactly(new CellPart.Java(
                        "{ var x = dev.cairn.jupyter.magic.InlineMagic.capture(\"ls -l \", (Object) (dir));\n }",
                        1,
                        0));
    }

    @Test
    void dependenciesNamedInCommentsComeFirst() {
        assertThat(scan("int a;\n//DEPS g:a:1 g:b:[1,2) // the best\n  //DEPS g:c:2,h:d:3\n//REPOS x=file:/r\nint b;"))
                .containsExactly(
                        new CellPart.Line("", "maven", "--quiet --repository x=file:/r g:a:1 g:b:[1,2) g:c:2 h:d:3", 2),
                        new CellPart.Java(
                                "int a;\n//DEPS g:a:1 g:b:[1,2) // the best\n  //DEPS g:c:2,h:d:3\n//REPOS x=file:/r\nint b;",
                                1,
                                0));
    }

    @Test
    void blankCellHasNoParts() {
        assertThat(scan(" \n ")).isEmpty();
    }

    private static List<CellPart> scan(String cell) {
        return CellScanner.scan(cell, text -> text.matches("\\w+"), "isKnown"::equals);
    }
}
