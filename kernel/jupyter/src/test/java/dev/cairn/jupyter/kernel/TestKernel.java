package dev.cairn.jupyter.kernel;

import dev.cairn.jupyter.protocol.ConnectionFile;
import dev.cairn.jupyter.session.SessionSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** A kernel in this process and a front end that is connected to it. */
final class TestKernel implements AutoCloseable {
    final JupyterKernel kernel;
    final TestClient client;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    TestKernel(Path directory) throws IOException {
        ConnectionFile connection = ConnectionFile.onFreePorts("a-key");
        var settings = SessionSettings.ofProcess(directory, Map.of("PATH", System.getenv("PATH")));
        kernel = new JupyterKernel(
                connection, settings, Clock.systemUTC(), new PrintStream(log, true, StandardCharsets.UTF_8));
        client = new TestClient(connection);
    }

    /** What the kernel has written to its log. */
    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
        kernel.close();
    }
}
