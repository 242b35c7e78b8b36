package dev.cairn.engine.hydra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.TestProject;
import dev.cairn.engine.error.EngineException;
import dev.cairn.engine.params.ParameterOverride;
import dev.cairn.engine.yaml.YamlWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HydraConfigurationTest {
    static Stream<String> cases() throws IOException {
        try (InputStream in = HydraConfigurationTest.class.getResourceAsStream("composed.txt")) {
            String text = new String(requireNonNull(in).readAllBytes(), UTF_8);
            return Arrays.stream(text.split("(?m)^=== ")).skip(1);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void parametersAreComposedAsHydraDoes(String text) {
        String[] headAndExpected = text.split("\n", 2);
        List<String> words = List.of(headAndExpected[0].split("\\|"));

        assertThat(composed(words.get(0), words.subList(1, words.size()))).isEqualTo(headAndExpected[1]);
    }

    @Test
    void aGroupThatIsNotThereIsRefusedWithThoseThatAre() {
        assertThatThrownBy(() -> configuration("config").compose(List.of(ParameterOverride.parse("db=nope"))))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Could not find 'db/nope'")
                .hasMessageContaining("postgres");
    }

    @Test
    void aRunComposesTheParametersAnew(@TempDir Path directory) throws InterruptedException {
        try (TestProject project = TestProject.in(directory)) {
            project.file("conf/config.yaml", "defaults:\n- _self_\n- db: mysql\nlr: 0.1\n")
                    .file("conf/db/mysql.yaml", "port: 3306\n")
                    .file("conf/db/postgres.yaml", "port: 5432\n")
                    .file(
                            "dvc.yaml",
                            "stages:\n  s:\n    cmd: cp params.yaml out.txt\n    params: [lr, db]\n    outs: [out.txt]\n");
            project.sh("printf '[hydra]\\n    enabled = true\\n' >> .dvc/config");
            project.commit();
            project.project().refresh(project.project().environment());

            project.experiment("db=postgres", "lr=0.5");

            assertThat(project.read("params.yaml")).isEqualTo("lr: 0.5\ndb:\n  port: 5432\n");
            assertThat(project.read("out.txt")).isEqualTo(project.read("params.yaml"));
        }
    }

    private static String composed(String name, List<String> overrides) {
        try {
            return YamlWriter.writeExplicit(configuration(name)
                    .compose(overrides.stream().map(ParameterOverride::parse).toList()));
        } catch (EngineException e) {
            return "ERR\n";
        }
    }

    private static HydraConfiguration configuration(String name) {
        try {
            Path directory = Path.of(requireNonNull(HydraConfigurationTest.class.getResource("conf"))
                    .toURI());
            return new HydraConfiguration(directory, name, variable -> Optional.empty());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
