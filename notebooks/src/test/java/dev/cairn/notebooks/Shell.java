package dev.cairn.notebooks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs in a folder, as a user in a terminal does, and keeps what they say. */
record Shell(Path directory, Map<String, String> environment) {
    private static final long MINUTES = 10;

    /** What a program left: its status and its two outputs. */
    record Result(String command, int status, String out, String err) {
        /** Its standard output; a program that failed is a failure of the test. */
        String ok() {
            if (status != 0) {
                throw new AssertionError(command + " exited with " + status + ":\n" + out + err);
            }
            return out;
        }
    }

    Shell in(Path other) {
        return new Shell(other, environment);
    }

    Result run(String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("out", "");
        Path err = Files.createTempFile("err", "");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(new HashMap<>(environment));
            Process process = builder.start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(
                        List.of(command) + " did not end:\n" + Files.readString(out) + Files.readString(err));
            }
            return new Result(
                    String.join(" ", command), process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
