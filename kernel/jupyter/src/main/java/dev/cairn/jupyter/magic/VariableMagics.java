package dev.cairn.jupyter.magic;

import dev.cairn.jupyter.extension.CompletionRequest;
import dev.cairn.jupyter.extension.EvaluationException;
import dev.cairn.jupyter.extension.KernelContext;
import dev.cairn.jupyter.extension.KernelExtension;
import dev.cairn.jupyter.extension.MagicCall;
import dev.cairn.jupyter.extension.MagicException;
import dev.cairn.jupyter.output.CellHelpers;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code %who}, {@code %whos} and {@code %reset}. */
final class VariableMagics implements KernelExtension {
    private static final int MOST_CHARACTERS = 60;
    private static final String WHO =
            """
            %who [TYPE…]         the names of the variables, or of those of some types
            %whos [TYPE…]        with their types and values, shortened
            """;
    private static final String RESET =
            """
            %reset [-f]
            Forgets all variables, methods and types of this session; with -f without asking. Imports and the class path stay.
            """;

    @Override
    public void install(KernelContext kernel) {
        Documented.Completer types = request -> types(kernel, request);
        kernel.registerLineMagic("who", Documented.line(WHO, types, VariableMagics::names));
        kernel.registerLineMagic("whos", Documented.line(WHO, types, VariableMagics::table));
        kernel.registerLineMagic("reset", Documented.line(RESET, Documented.Completer.of("-f"), VariableMagics::reset));
    }

    private static List<String> types(KernelContext kernel, CompletionRequest request) {
        return kernel.variables().values().stream()
                .distinct()
                .filter(type -> type.startsWith(request.word()))
                .sorted()
                .toList();
    }

    private static Map<String, String> variables(MagicCall call) {
        Map<String, String> found = new TreeMap<>(call.kernel().variables());
        List<String> types = call.words();
        found.values().removeIf(type -> !types.isEmpty() && !types.contains(type) && !types.contains(plain(type)));
        return found;
    }

    private static String plain(String type) {
        String raw = type.replaceFirst("<.*", "");
        return raw.substring(raw.lastIndexOf('.') + 1);
    }

    private static @Nullable Object names(MagicCall call) {
        Map<String, String> variables = variables(call);
        call.output().out().println(variables.isEmpty() ? "No variables." : String.join("\t", variables.keySet()));
        return null;
    }

    private static @Nullable Object table(MagicCall call) throws InterruptedException {
        Map<String, String> variables = variables(call);
        if (variables.isEmpty()) {
            call.output().out().println("No variables.");
            return null;
        }
        int nameWidth = width("Variable", variables.keySet());
        int typeWidth = width("Type", variables.values());
        String format = "%-" + nameWidth + "s  %-" + typeWidth + "s  %s%n";
        var text = new StringBuilder(String.format(Locale.ROOT, format, "Variable", "Type", "Value"));
        text.append("-".repeat(nameWidth + typeWidth + 4 + "Value".length())).append('\n');
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            String value = value(call.kernel(), variable.getKey());
            text.append(String.format(Locale.ROOT, format, variable.getKey(), variable.getValue(), value));
        }
        call.output().out().print(text);
        return null;
    }

    private static int width(String title, Collection<String> column) {
        return Math.max(
                title.length(), column.stream().mapToInt(String::length).max().orElse(0));
    }

    private static String value(KernelContext kernel, String name) throws InterruptedException {
        try {
            return shortText(kernel.evaluate(name));
        } catch (EvaluationException e) {
            return "(has no value: " + e.getMessage() + ")";
        }
    }

    private static String shortText(@Nullable Object value) {
        // Whole collections as text would take as long as they are large.
        if (value instanceof Collection<?> collection && collection.size() > MOST_CHARACTERS) {
            return "n=" + collection.size();
        }
        if (value instanceof Map<?, ?> map && map.size() > MOST_CHARACTERS) {
            return "n=" + map.size();
        }
        if (value != null && value.getClass().isArray()) {
            return "n=" + Array.getLength(value);
        }
        String line = String.valueOf(value).replaceAll("\\R", "⏎");
        return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS - 1) + "…";
    }

    private static @Nullable Object reset(MagicCall call) throws InterruptedException {
        if (call.words().contains("-f") || isConfirmed()) {
            call.kernel().forgetDeclarations();
        } else {
            call.output().out().println("Nothing was forgotten.");
        }
        return null;
    }

    private static boolean isConfirmed() throws InterruptedException {
        try {
            String answer = CellHelpers.readLine("Forget all variables, methods and types? (y/[n]) ");
            return answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
        } catch (IOException e) {
            throw new MagicException("UsageError", "There is nobody to ask here.", "'%reset -f' does not ask.", e);
        }
    }
}
