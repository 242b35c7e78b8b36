package dev.cairn.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaRuntimeTest {
    @TempDir
    Path dir;

    @Test
    void theRunningJavaIsFoundByItsHome() throws InterruptedException {
        JavaRuntime java =
                JavaRuntime.at(Path.of(System.getProperty("java.home"))).orElseThrow();

        assertThat(java.feature()).isEqualTo(Runtime.version().feature());
        assertThat(java.program()).isExecutable();
    }

    @Test
    void theReleaseFileIsTakenAtItsWord() throws Exception {
        Path program = javaThatPrints("nothing");
        Files.writeString(dir.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"21.0.2\"\n");

        assertThat(JavaRuntime.at(program))
                .hasValueSatisfying(java -> assertThat(java.version()).isEqualTo("21.0.2"));
    }

    @Test
    void withoutAReleaseFileJavaItselfIsAsked() throws Exception {
        javaThatPrints("openjdk version \"1.8.0_402\"");

        assertThat(JavaRuntime.at(dir))
                .hasValueSatisfying(java -> assertThat(java.feature()).isEqualTo(1));
    }

    @Test
    void aFolderWithoutJavaHasNone() throws InterruptedException {
        assertThat(JavaRuntime.at(dir)).isEmpty();
    }

    private Path javaThatPrints(String text) throws Exception {
        Path program = Files.createDirectories(dir.resolve("bin")).resolve("java");
        Files.writeString(program, "#!/bin/sh\necho '" + text + "' >&2\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }
}
