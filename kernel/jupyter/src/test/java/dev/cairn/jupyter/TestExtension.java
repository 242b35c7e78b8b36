package dev.cairn.jupyter;

import dev.cairn.jupyter.extension.Comm;
import dev.cairn.jupyter.extension.CommMessage;
import dev.cairn.jupyter.extension.CompletionRequest;
import dev.cairn.jupyter.extension.KernelContext;
import dev.cairn.jupyter.extension.KernelExtension;
import dev.cairn.jupyter.extension.LineMagic;
import dev.cairn.jupyter.extension.MagicCall;
import dev.cairn.jupyter.extension.MagicException;
import dev.cairn.jupyter.output.CellHelpers;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.List;
import java.util.Optional;

/** What an extension does, as the tests need it. */
public final class TestExtension implements KernelExtension {
    /** A value with a renderer of its own. */
    public record Card(String text) {}

    @Override
    public void install(KernelContext kernel) {
        kernel.registerLineMagic("greet", new Greet());
        kernel.registerLineMagic("refuse", call -> {
            throw new MagicException("Refused", "not today", "tomorrow");
        });
        kernel.registerLineMagic("broken", call -> {
            throw new IllegalStateException("defect");
        });
        kernel.registerLineMagic(
                "cells", call -> String.join("\n", call.kernel().executedCells()));
        kernel.comms().register("echo", TestExtension::echo);
        kernel.comms().register("broken", (comm, opened) -> {
            throw new LinkageError("defect");
        });
        kernel.registerLineMagic(
                "open", call -> call.kernel().comms().open(call.words().get(0), CommMessage.empty()));
        kernel.addStartupSnippet("import java.util.zip.CRC32;");
        kernel.renderer()
                .createRegistration(Card.class)
                .preferring(MIMEType.TEXT_HTML)
                .register((card, context) ->
                        context.renderIfRequested(MIMEType.TEXT_HTML, () -> "<i>" + card.text() + "</i>"));
    }

    private static void echo(Comm comm, CommMessage opened) {
        comm.onMessage(message -> {
            CellHelpers.display("heard");
            comm.send(message);
        });
        comm.onClose(CellHelpers::display);
    }

    private static final class Greet implements LineMagic {
        @Override
        public Object run(MagicCall call) {
            return "hello " + call.words().get(0);
        }

        @Override
        public List<String> complete(CompletionRequest request) {
            return List.of("world");
        }

        @Override
        public Optional<String> help(String arguments) {
            return Optional.of("%greet NAME greets.");
        }
    }
}
