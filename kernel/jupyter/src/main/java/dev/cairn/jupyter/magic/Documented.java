package dev.cairn.jupyter.magic;

import dev.cairn.jupyter.extension.CellMagic;
import dev.cairn.jupyter.extension.CompletionRequest;
import dev.cairn.jupyter.extension.LineMagic;
import dev.cairn.jupyter.extension.MagicCall;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Joins what a magic does with its help and with what Tab offers behind its name. */
public final class Documented {
    private Documented() {}

    /** Gives the words that Tab offers. */
    @FunctionalInterface
    public interface Completer extends Function<CompletionRequest, List<String>> {
        /** Offers those of the words that begin as the user's does. */
        static Completer of(String... words) {
            return request -> List.of(words).stream()
                    .filter(word -> word.startsWith(request.word()))
                    .toList();
        }

        /** Offers what this one does and what the other does. */
        default Completer and(Completer other) {
            return request -> java.util.stream.Stream.concat(apply(request).stream(), other.apply(request).stream())
                    .toList();
        }
    }

    /** A line magic. */
    public static LineMagic line(String help, Completer completer, LineMagic magic) {
        return new Line(help, completer, magic, false);
    }

    /** A line magic whose arguments are Java code. */
    static LineMagic code(String help, LineMagic magic) {
        return new Line(help, Completer.of(), magic, true);
    }

    /** A cell magic. */
    public static CellMagic cell(String help, Completer completer, CellMagic magic) {
        return new Cell(help, completer, magic);
    }

    private record Line(String text, Completer completer, LineMagic magic, boolean takesCode) implements LineMagic {
        @Override
        public @Nullable Object run(MagicCall call) throws Exception {
            return magic.run(call);
        }

        @Override
        public List<String> complete(CompletionRequest request) {
            return completer.apply(request);
        }

        @Override
        public Optional<String> help(String arguments) {
            return Optional.of(text.strip());
        }
    }

    private record Cell(String text, Completer completer, CellMagic magic) implements CellMagic {
        @Override
        public @Nullable Object run(MagicCall call, String body) throws Exception {
            return magic.run(call, body);
        }

        @Override
        public List<String> complete(CompletionRequest request) {
            return completer.apply(request);
        }

        @Override
        public Optional<String> help(String arguments) {
            return Optional.of(text.strip());
        }
    }
}
