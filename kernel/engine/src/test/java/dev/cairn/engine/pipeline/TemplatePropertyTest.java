package dev.cairn.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.project.ParsingOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of templates that hold for every dvc.yaml. What DVC makes of generated ones is compared in the module install. */
class TemplatePropertyTest {
    private static PipelineFile parse(String text, Map<String, String> files) {
        Map<String, String> all = new LinkedHashMap<>(files);
        all.put("dvc.yaml", text);
        return PipelineFile.read("dvc.yaml", new TextFiles(all));
    }

    private static String command(String commandInYaml, String vars) {
        PipelineFile file = parse("vars:\n- %s\nstages:\n  s:\n    cmd: %s\n".formatted(vars, commandInYaml), Map.of());
        return (String) file.stages().get(0).command().toYaml();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(8);
    }

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars('ä', '日')
                .ofMinLength(1)
                .ofMaxLength(40)
                .map(text -> "run " + text.strip());
    }

    @Property(tries = 300)
    void textWithoutReferencesStaysAsItIs(@ForAll("lines") String text) {
        String plain = text.replace("${", "$ {");

        assertThat(command(quoted(plain), "{x: 1}")).isEqualTo(plain);
    }

    @Property(tries = 300)
    void anEscapedReferenceStandsForItself(@ForAll("lines") String text, @ForAll("names") String name) {
        String before = text.replace("${", "$ {");

        assertThat(command(quoted(before + "-\\${" + name + "}"), "{x: 1}")).isEqualTo(before + "-${" + name + "}");
    }

    @Property(tries = 300)
    void aReferenceIsReplacedByTheTextOfItsValue(@ForAll("names") String name, @ForAll("lines") String value) {
        String inserted = value.replace("\\${", "$ {");

        assertThat(command("'run ${" + name + "} end'", "{'" + name + "': " + quoted(inserted) + "}"))
                .isEqualTo("run " + inserted + " end");
    }

    @Property(tries = 200)
    void anUnknownNameIsRefusedWithThePlace(@ForAll("names") String name) {
        assertThatThrownBy(() -> command("run ${" + name + "}", "{X: 1}"))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("'stages.s.cmd' in 'dvc.yaml'")
                .hasMessageContaining("Could not find '" + name + "'");
    }

    @Property(tries = 200)
    void foreachMakesTheStagesThatOneWouldWriteByHand(@ForAll("items") List<String> items) {
        String template = "{cmd: 'run ${item}', deps: ['in/${item}'], outs: ['out/${item}']}";
        PipelineFile made = parse("stages:\n  s:\n    foreach: %s\n    do: %s\n".formatted(items, template), Map.of());

        StringBuilder byHand = new StringBuilder("stages:\n");
        items.forEach(item -> byHand.append(
                "  s_%s: {cmd: 'run %s', deps: ['in/%s'], outs: ['out/%s']}\n".formatted(item, item, item, item)));
        PipelineFile written = parse(byHand.toString(), Map.of());

        assertThat(made.stages())
                .extracting(s -> s.address().name())
                .containsExactlyElementsOf(
                        items.stream().map(item -> "s@" + item).toList());
        assertThat(made.stages()).extracting(Stage::command).isEqualTo(commands(written));
        assertThat(made.stages()).extracting(Stage::outputs).isEqualTo(outputs(written));
        assertThat(made.stages()).extracting(Stage::dependencies).isEqualTo(dependencies(written));
    }

    @Provide
    Arbitrary<List<String>> items() {
        return names().map(n -> "i" + n).list().uniqueElements().ofMinSize(1).ofMaxSize(6);
    }

    private static List<Command> commands(PipelineFile file) {
        return file.stages().stream().map(Stage::command).toList();
    }

    private static List<List<Output>> outputs(PipelineFile file) {
        return file.stages().stream().map(Stage::outputs).toList();
    }

    private static List<List<Dependency>> dependencies(PipelineFile file) {
        return file.stages().stream().map(Stage::dependencies).toList();
    }

    @Property(tries = 200)
    void varsFromAFileMeanTheSameAsVarsWrittenDown(@ForAll("names") String name, @ForAll int value) {
        String stages = "stages:\n  s:\n    cmd: run ${v.%s}\n".formatted(name);

        PipelineFile inline = parse("vars:\n- v: {'%s': %d}\n%s".formatted(name, value, stages), Map.of());
        PipelineFile loaded = parse(
                "vars: [some.json]\n" + stages, Map.of("some.json", "{\"v\": {\"%s\": %d}}".formatted(name, value)));

        assertThat(loaded.stages()).isEqualTo(inline.stages());
        assertThat(inline.variables()).isEmpty();
        assertThat(loaded.variables()).containsOnlyKeys("some.json");
    }

    @Property(tries = 200)
    void varsOfAStageEndWithIt(@ForAll("names") String name) {
        String text =
                "stages:\n  a: {vars: [{'%1$s': 1}], cmd: 'x ${%1$s}'}\n  b: {cmd: 'x ${%1$s}'}\n".formatted(name);

        assertThatThrownBy(() -> parse(text, Map.of())).hasMessageContaining("'stages.b.cmd'");
    }

    @Property(tries = 300)
    void argumentsInFlagsReachTheShellUnchanged(@ForAll("lines") String value) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", value);

        String written = new FlagWriter(ParsingOptions.DEFAULT).write(map);

        assertThat(unquoted(written.substring("--a ".length()))).isEqualTo(value);
    }

    /** What a shell makes of one word of plain characters, single and double quotes. */
    private static String unquoted(String word) {
        StringBuilder out = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else {
                assertThat(quote != 0 || " ;&|<>$`\\\"'*?#~()".indexOf(c) < 0)
                        .as("'%s' stands without quotes in %s", c, word)
                        .isTrue();
                out.append(c);
            }
        }
        return out.toString();
    }
}
