package dev.cairn.magics.session;

import dev.cairn.jupyter.extension.CompletionRequest;
import dev.cairn.jupyter.extension.LineMagic;
import dev.cairn.jupyter.extension.MagicCall;
import dev.cairn.magics.command.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A line of DVC: {@code %dvc exp show}, or {@code %exp show} for short. */
final class DvcMagic implements LineMagic {
    private final EngineSession session;
    private final List<String> prefix;

    /** @param prefix the words that the magic's name stands for */
    DvcMagic(EngineSession session, String... prefix) {
        this.session = session;
        this.prefix = List.of(prefix);
    }

    @Override
    public @Nullable Object run(MagicCall call) throws InterruptedException {
        return session.run(withPrefix(call.words()), call.output());
    }

    private List<String> withPrefix(List<String> words) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(words);
        return all;
    }

    @Override
    public List<String> complete(CompletionRequest request) {
        return session.commands()
                .complete(withPrefix(request.precedingWords()), request.word(), session.silentIo(new NoOutput()));
    }

    @Override
    public Optional<String> help(String arguments) {
        List<String> words =
                arguments.isBlank() ? List.of() : List.of(arguments.trim().split("\\s+"));
        try {
            return Optional.of(session.commands().help(withPrefix(words)));
        } catch (CommandFailure e) {
            return Optional.of(e.getMessage() + (e.hint().isEmpty() ? "" : "\n" + e.hint()));
        }
    }
}
