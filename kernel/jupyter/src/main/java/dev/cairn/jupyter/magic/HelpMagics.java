package dev.cairn.jupyter.magic;

import dev.cairn.jupyter.extension.KernelContext;
import dev.cairn.jupyter.extension.KernelExtension;
import dev.cairn.jupyter.extension.LineMagic;
import dev.cairn.jupyter.extension.MagicCall;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code %lsmagic} and {@code %magic}. */
final class HelpMagics implements KernelExtension {
    private static final String INTRODUCTION =
            """
            %name arguments              a line magic, at the start of a statement; its value can be kept: var x = %name …
            %%name arguments             a cell magic: the first line of a cell, which takes the rest of it
            !command                     a command of the shell; var x = !command keeps what it prints
            {expression}                 in arguments, the value of a Java expression; {{ and }} for braces
            \\ at the end of a line      the arguments go on in the next
            %name?                       help
            //DEPS group:artifact:version at the start of a line: the same as %maven
            """;

    private final MagicRegistry registry;

    HelpMagics(MagicRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void install(KernelContext kernel) {
        var nothing = Documented.Completer.of();
        kernel.registerLineMagic(
                "lsmagic", Documented.line("%lsmagic\nThe names of all magics.", nothing, call -> list()));
        kernel.registerLineMagic("magic", new LineMagic() {
            @Override
            public Object run(MagicCall call) {
                return all();
            }

            @Override
            public Optional<String> help(String arguments) {
                return Optional.of(all());
            }
        });
    }

    private String list() {
        return "Line magics: "
                + registry.lineNames().stream().map(name -> "%" + name).collect(Collectors.joining(" "))
                + "\nCell magics: "
                + registry.cellNames().stream().map(name -> "%%" + name).collect(Collectors.joining(" "))
                + "\n!command runs a command of the shell.";
    }

    private String all() {
        var names = new TreeSet<>(registry.lineNames());
        names.addAll(registry.cellNames());
        List<String> helps = names.stream()
                .filter(name -> !name.equals("magic"))
                .map(this::help)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        return INTRODUCTION + "\n" + String.join("\n\n", helps);
    }

    private Optional<String> help(String name) {
        return registry.findLine(name).flatMap(magic -> magic.help("")).or(() -> registry.findCell(name)
                .flatMap(magic -> magic.help("")));
    }
}
