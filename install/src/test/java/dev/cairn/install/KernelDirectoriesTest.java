package dev.cairn.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KernelDirectoriesTest {
    private static final Path HOME = Path.of("/home/ada");

    @Test
    void theUsersFolderDependsOnTheSystem() {
        Map<String, String> environment = Map.of("HOME", HOME.toString(), "APPDATA", "/roaming");

        assertThat(new KernelDirectories(environment, "Linux").ofUser())
                .isEqualTo(HOME.resolve(".local/share/jupyter/kernels"));
        assertThat(new KernelDirectories(environment, "Mac OS X").ofUser())
                .isEqualTo(HOME.resolve("Library/Jupyter/kernels"));
        assertThat(new KernelDirectories(environment, "Windows 11").ofUser())
                .isEqualTo(Path.of("/roaming/jupyter/kernels"));
    }

    @Test
    void jupytersOwnVariableGoesFirst() {
        Map<String, String> environment =
                Map.of("HOME", "/home/ada", "JUPYTER_DATA_DIR", "/data", "XDG_DATA_HOME", "/xdg");

        assertThat(new KernelDirectories(environment, "Linux").ofUser()).isEqualTo(Path.of("/data/kernels"));
    }
}
