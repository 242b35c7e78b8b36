package dev.cairn.jupyter.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8AssemblerTest {
    @Test
    void charactersAreNeverCut() {
        String text = "aé€😀z";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            var assembler = new Utf8Assembler();

            assembler.append(bytes, 0, cut);
            String first = assembler.take();
            assembler.append(bytes, cut, bytes.length - cut);
            String second = assembler.take();

            assertThat(first + second).isEqualTo(text);
            assertThat(first).doesNotContain("\ufffd");
        }
    }

    @Test
    void bytesThatAreNoTextDoNotGetStuck() {
        var assembler = new Utf8Assembler();

        assembler.append(new byte[] {(byte) 0x80, (byte) 0x81, 'a'}, 0, 3);

        assertThat(assembler.take()).endsWith("a");
        assertThat(assembler.length()).isZero();
    }
}
