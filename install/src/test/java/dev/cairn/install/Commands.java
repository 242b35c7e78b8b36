package dev.cairn.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Commands run in a folder, on the Java that runs the tests; each must end well. */
record Commands(Path directory, Map<String, String> environment) {
    /** Runs it and gives what it printed on both streams. */
    String run(Object... words) throws IOException, InterruptedException {
        List<String> command = List.of(words).stream().map(Object::toString).toList();
        Path output = Files.createTempFile("command", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            String java = System.getProperty("java.home");
            builder.environment().put("JAVA_HOME", java);
            builder.environment().merge("PATH", java + "/bin", (path, bin) -> bin + ":" + path);
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean hasEnded = process.waitFor(5, TimeUnit.MINUTES);
            process.destroyForcibly();
            String printed = Files.readString(output);
            if (!hasEnded || process.exitValue() != 0) {
                throw new AssertionError(command + (hasEnded ? " failed:\n" : " did not end:\n") + printed);
            }
            return printed;
        } finally {
            Files.delete(output);
        }
    }
}
