package dev.cairn.magics.jjava;

import dev.cairn.jupyter.extension.CellOutput;
import dev.cairn.jupyter.extension.KernelContext;
import dev.cairn.jupyter.extension.MagicCall;
import java.util.List;

/** One use of a magic, with the words that JJava made of its line. */
record JJavaMagicCall(String name, List<String> words, CellOutput output, KernelContext kernel) implements MagicCall {
    JJavaMagicCall {
        words = List.copyOf(words);
    }

    @Override
    public String arguments() {
        return String.join(" ", words);
    }
}
