package dev.cairn.install;

import dev.cairn.jupyter.notebook.HtmlExport;
import dev.cairn.jupyter.notebook.Notebook;
import dev.cairn.jupyter.notebook.NotebookException;
import dev.cairn.jupyter.notebook.NotebookRun;
import dev.cairn.jupyter.notebook.NotebookRunner;
import dev.cairn.jupyter.notebook.RunOptions;
import dev.cairn.jupyter.output.CellError;
import dev.cairn.jupyter.session.SessionSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn notebook}: runs a notebook from its first to its last cell, without Jupyter. */
final class NotebookProgram implements Program {
    private final Distribution distribution;

    NotebookProgram(Distribution distribution) {
        this.distribution = distribution;
    }

    @Override
    public int run(List<String> arguments, Invocation invocation) {
        CommandLine commandLine =
                new CommandLine(new NotebookCommand()).addSubcommand(new Run(distribution, invocation));
        return Picocli.run(commandLine, arguments, invocation);
    }

    @Command(
            name = "cairn notebook",
            description = "Notebooks without Jupyter.",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "COMMAND")
    private static final class NotebookCommand {}

    @Command(
            name = "run",
            description = "Run a notebook and keep its outputs. Exit status 1 when a cell fails that is not tagged"
                    + " raises-exception; what ran so far is written all the same.",
            mixinStandardHelpOptions = true)
    private static final class Run implements Callable<Integer> {
        private final Distribution distribution;
        private final Invocation invocation;

        @Parameters(paramLabel = "IN", description = "The notebook (.ipynb).")
        private Path input = Path.of("");

        @Option(
                names = {"-o", "--output"},
                paramLabel = "OUT",
                description = "Write the notebook with its outputs here.")
        private @Nullable Path output;

        @Option(names = "--html", paramLabel = "OUT", description = "Write it as an HTML page here.")
        private @Nullable Path html;

        @Option(
                names = {"-p", "--parameter"},
                paramLabel = "NAME=VALUE",
                description = "A value in place of the one in the cell tagged parameters; repeatable.")
        private Map<String, String> parameters = new LinkedHashMap<>();

        @Option(
                names = "--timeout",
                paramLabel = "SECONDS",
                description = "How long a cell may take (default: as long as it likes).")
        private @Nullable Double timeout;

        @Option(names = "--cwd", paramLabel = "DIR", description = "Work in DIR (default: here).")
        private @Nullable Path directory;

        private Run(Distribution distribution, Invocation invocation) {
            this.distribution = distribution;
            this.invocation = invocation;
        }

        @Override
        public Integer call() throws InterruptedException {
            Path from = invocation.directory();
            if (!Files.isRegularFile(from.resolve(input))) {
                return invocation.fail("there is no notebook " + input + ".", "Give the path of an .ipynb file.");
            }
            if (directory != null
                    && !from.resolve(directory).toAbsolutePath().normalize().equals(from)) {
                return runIn(from.resolve(directory).normalize());
            }
            try {
                return runHere(Notebook.read(from.resolve(input)));
            } catch (NotebookException e) {
                return invocation.fail(String.valueOf(e.getMessage()), "See `cairn notebook run --help`.");
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "The notebook or its result could not be read or written: " + e.getMessage(), e);
            }
        }

        private int runHere(Notebook notebook) throws IOException {
            var settings = SessionSettings.ofProcess(invocation.directory(), invocation.environment());
            var progress = new NotebookProgress(invocation.out());
            Duration limit = timeout == null ? null : Duration.ofMillis(Math.round(timeout * 1000));
            NotebookRun run =
                    new NotebookRunner(settings, progress).run(notebook, new RunOptions(parameters, limit, false));
            write(run.notebook());
            Optional<CellError> failure = run.failure();
            if (failure.isEmpty()) {
                return 0;
            }
            invocation
                    .err()
                    .println("Cell failed: "
                            + run.notebook().cells().get(run.failedCell()).source());
            failure.get().traceback().forEach(invocation.err()::println);
            return 1;
        }

        private void write(Notebook notebook) throws IOException {
            if (output != null) {
                notebook.write(invocation.directory().resolve(output));
            }
            if (html != null) {
                Path source = invocation.directory().resolve(input).normalize();
                String title = source.getFileName().toString().replaceFirst("\\.ipynb$", "");
                String page = new HtmlExport(source.resolveSibling("").toAbsolutePath()).page(notebook, title);
                Files.writeString(invocation.directory().resolve(html), page);
            }
        }

        /** In a JVM of its own, because Java code in cells resolves relative paths against the process's directory. */
        private int runIn(Path other) throws InterruptedException {
            if (!Files.isDirectory(other)) {
                return invocation.fail("there is no folder " + other + ".", "Make it, or leave --cwd out.");
            }
            Optional<JavaRuntime> java = JavaRuntime.at(Path.of(System.getProperty("java.home")));
            if (java.isEmpty()) {
                return invocation.fail("the JDK that runs this has no bin/java.", "Set JAVA_HOME to a complete JDK.");
            }
            try {
                Process process = new ProcessBuilder(commandLine(java.get()))
                        .directory(other.toFile())
                        .inheritIO()
                        .start();
                try {
                    return process.waitFor();
                } finally {
                    process.destroy();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Java could not be started in " + other + ".", e);
            }
        }

        private List<String> commandLine(JavaRuntime java) {
            List<String> words = new ArrayList<>();
            words.add(java.program().toString());
            words.addAll(distribution.archiveOptions(java));
            words.addAll(KernelJvm.options(java));
            words.addAll(
                    List.of("-cp", System.getProperty("java.class.path"), Cairn.class.getName(), "notebook", "run"));
            words.add(absolute(input));
            if (output != null) {
                words.addAll(List.of("-o", absolute(output)));
            }
            if (html != null) {
                words.addAll(List.of("--html", absolute(html)));
            }
            if (timeout != null) {
                words.addAll(List.of("--timeout", timeout.toString()));
            }
            parameters.forEach((name, value) -> words.addAll(List.of("-p", name + "=" + value)));
            return words;
        }

        private String absolute(Path path) {
            return invocation.directory().resolve(path).normalize().toString();
        }
    }
}
