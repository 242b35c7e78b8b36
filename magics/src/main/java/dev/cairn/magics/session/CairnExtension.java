package dev.cairn.magics.session;

import dev.cairn.jupyter.extension.KernelContext;
import dev.cairn.jupyter.extension.KernelExtension;
import dev.cairn.live.Checkpoint;
import dev.cairn.live.CheckpointRequest;
import dev.cairn.magics.render.Renderers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;

/** Brings the engine's commands into the kernel as magics, and lets {@code Checkpoint.make()} work in cells. */
public final class CairnExtension implements KernelExtension {
    private static final Map<String, String[]> SHORT_NAMES = Map.of(
            "dvc",
            new String[] {},
            "exp",
            new String[] {"exp"},
            "plots",
            new String[] {"plots"},
            "metrics",
            new String[] {"metrics"},
            "params",
            new String[] {"params"},
            "stage",
            new String[] {"stage"},
            "repro",
            new String[] {"repro"},
            "status",
            new String[] {"status"});

    private final Clock clock;

    /** For the service loader. */
    public CairnExtension() {
        this(Clock.system(ZoneId.systemDefault()));
    }

    CairnExtension(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void install(KernelContext kernel) {
        var session = new EngineSession(kernel, clock, new SecureRandom());
        SHORT_NAMES.forEach((name, prefix) -> kernel.registerLineMagic(name, new DvcMagic(session, prefix)));
        kernel.registerCellMagic("dvc", new DvcCellMagic(session));
        var checkpoint = new CheckpointMagic(session);
        kernel.registerLineMagic("checkpoint", checkpoint);
        kernel.registerCellMagic("checkpoint", checkpoint);
        Renderers.register(kernel.renderer(), clock);
        kernel.addStartupSnippet("import dev.cairn.live.*;");
        Checkpoint.Installed recorder = Checkpoint.install(new Recorder(kernel, checkpoint));
        kernel.onCellEnd(() -> CheckpointMagic.orFail(() -> {
            session.settle();
            return "";
        }));
        kernel.onShutdown(() -> {
            recorder.close();
            session.close();
        });
    }

    /** Records for training code in cells. */
    private record Recorder(KernelContext kernel, CheckpointMagic checkpoint) implements Checkpoint.Recorder {
        @Override
        public void record(CheckpointRequest request) {
            checkpoint.recordFromCode(kernel, request);
        }

        @Override
        public Path directory() {
            return kernel.workingDirectory();
        }
    }
}
