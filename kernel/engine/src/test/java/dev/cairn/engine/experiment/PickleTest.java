package dev.cairn.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.engine.reproduce.ReproduceRequest.Flag;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PickleTest {
    /** What Python 3.11 writes for {'args': (), 'kwargs': {'run_env': {}, 'force': False, 't': ['a']}}. */
    private static final String PYTHON = "8004953a000000000000007d94288c046172677394298c066b7761726773947d94288c"
            + "0772756e5f656e76947d948c05666f72636594898c0174945d948c0161946175752e";

    @Test
    void pythonsPicklesAreRead() {
        Object value = Pickle.read(HexFormat.of().parseHex(PYTHON));

        assertThat(value).hasToString("{args=[], kwargs={run_env={}, force=false, t=[a]}}");
    }

    @Test
    void whatIsWrittenIsWhatPythonWrites() {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("run_env", Map.of());
        options.put("force", false);
        options.put("t", List.of("a"));
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("args", new Object[0]);
        whole.put("kwargs", options);

        assertThat(HexFormat.of().formatHex(Pickle.write(whole))).isEqualTo(PYTHON);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        PackedArguments arguments = new PackedArguments(
                List.of("train", "a b"), Set.of(Flag.FORCE, Flag.DOWNSTREAM), true, Map.of("DVC_EXP_NAME", "x"));

        assertThat(PackedArguments.read(arguments.write())).isEqualTo(arguments);
    }

    @Test
    void moreThanPlainValuesIsRefused() {
        byte[] callsSystem = "cos\nsystem\n(S'true'\ntR.".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> Pickle.read(callsSystem)).isInstanceOf(Pickle.PickleException.class);
        assertThatThrownBy(() -> Pickle.read(new byte[] {(byte) 0x80, 4, '}'}))
                .isInstanceOf(Pickle.PickleException.class);
    }
}
