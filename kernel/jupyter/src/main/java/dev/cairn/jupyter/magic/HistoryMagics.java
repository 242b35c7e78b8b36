package dev.cairn.jupyter.magic;

import dev.cairn.jupyter.extension.KernelContext;
import dev.cairn.jupyter.extension.KernelExtension;
import dev.cairn.jupyter.extension.MagicCall;
import dev.cairn.jupyter.extension.MagicException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code %history}. */
final class HistoryMagics implements KernelExtension {
    private static final String USAGE = "Write %" + "history [-n N] [-g PATTERN].";
    private static final String HISTORY =
            """
            %history [-n N] [-g PATTERN]
            The cells that ran before this one: all, the last N, or those with a text in which * and ? stand for anything.
            """;

    @Override
    public void install(KernelContext kernel) {
        kernel.registerLineMagic(
                "history", Documented.line(HISTORY, Documented.Completer.of("-n", "-g"), HistoryMagics::history));
    }

    private static @Nullable Object history(MagicCall call) {
        Query query = Query.of(call.words());
        List<String> cells = call.kernel().executedCells();
        List<String> found = new ArrayList<>();
        // The last of them is the one that asks.
        for (int i = 0; i < cells.size() - 1; i++) {
            if (query.pattern().test(cells.get(i))) {
                found.add(numbered(i + 1, cells.get(i)));
            }
        }
        List<String> shown = found.subList(Math.max(0, found.size() - query.count()), found.size());
        shown.forEach(call.output().out()::println);
        return null;
    }

    private static String numbered(int number, String cell) {
        String label = number + ": ";
        return label + cell.stripTrailing().replace("\n", "\n" + " ".repeat(label.length()));
    }

    private record Query(int count, Predicate<String> pattern) {
        static Query of(List<String> words) {
            int count = Integer.MAX_VALUE;
            Predicate<String> pattern = cell -> true;
            for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
                String option = rest.next();
                String argument = rest.hasNext() ? rest.next() : "";
                if (option.equals("-n") && argument.matches("\\d{1,9}")) {
                    count = Integer.parseInt(argument);
                } else if (option.equals("-g") && !argument.isEmpty()) {
                    pattern = glob(argument);
                } else {
                    throw new MagicException("UsageError", "'" + option + "' is not understood.", USAGE);
                }
            }
            return new Query(count, pattern);
        }

        private static Predicate<String> glob(String text) {
            var regex = new StringBuilder();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
            }
            return Pattern.compile(regex.toString(), Pattern.DOTALL).asPredicate();
        }
    }
}
