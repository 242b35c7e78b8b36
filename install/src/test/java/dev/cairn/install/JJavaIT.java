package dev.cairn.install;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The magics in the real JJava. */
class JJavaIT {
    private final Built built = Built.fromSystemProperties();

    @TempDir
    Path dir;

    @Test
    void runsExperimentsInJJavaFromOneJar() throws Exception {
        Map<String, String> kernels = Map.of(
                "JUPYTER_PATH",
                built.jjavaEnvironment().resolve("share/jupyter").toString());

        new Commands(dir, kernels)
                .run(
                        built.jupyterPython(),
                        Path.of("src/test/frontends/jjava.py").toAbsolutePath(),
                        built.distribution().resolve("jjava/cairn-jjava.jar"));
    }
}
