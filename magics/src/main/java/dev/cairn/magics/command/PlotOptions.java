package dev.cairn.magics.command;

import dev.cairn.engine.metric.Plot;
import dev.cairn.engine.metric.PlotSet;
import dev.cairn.magics.render.PlotRendering;
import dev.cairn.magics.render.Text;
import dev.cairn.store.file.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that {@code plots show} and {@code plots diff} share, and what they do with the plots. */
final class PlotOptions {
    static final Set<String> NOT_SUPPORTED_YET = Set.of("--open");

    private static final String DIRECTORY = "dvc_plots";

    @Mixin
    private PlotPropertyOptions properties = new PlotPropertyOptions();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "Where to write the page; dvc_plots when it is not given.")
    private @Nullable String out;

    @Option(names = "--show-vega", description = "Write the Vega-Lite specification of the one plot that is asked for.")
    private boolean vega;

    @Option(
            names = {"--json", "--show-json"},
            description = "Write JSON.")
    private boolean json;

    @Option(
            names = "--html-template",
            paramLabel = "FILE",
            description = "A page of your own with {plot_divs} where the plots go.")
    private @Nullable String htmlTemplate;

    Map<String, Object> overrides(CommandContext context) {
        return properties.given(context);
    }

    Object answer(CommandContext context, PlotSet plots, int targets) {
        var rendering = new PlotRendering(plots, PlotPropertyOptions.templates(context));
        Path directory = context.environment().workingDirectory().resolve(out == null ? DIRECTORY : out);
        if (json) {
            return Text.lines(rendering.json(
                    (image, rev) -> written(directory, image, rev).toString()));
        }
        if (vega) {
            if (targets != 1) {
                throw new CommandFailure(ExitCodes.ERROR, "please specify one target for `--show-vega`", "");
            }
            return Text.lines(rendering.vegaJson());
        }
        if (context.io().notebook() && out == null) {
            return plots;
        }
        rendering.problems().forEach(problem -> context.io().err().print(problem + "\n"));
        if (plots.plots().isEmpty()) {
            return Text.lines("No plots were loaded, visualization file will not be created.");
        }
        Path page = directory.resolve("index.html");
        String text = pageTemplate(context).map(rendering::page).orElseGet(rendering::page);
        write(page, text.getBytes(StandardCharsets.UTF_8));
        return Text.lines("file://" + page);
    }

    private Optional<String> pageTemplate(CommandContext context) {
        Optional<Path> file = htmlTemplate != null
                ? Optional.of(context.environment().workingDirectory().resolve(htmlTemplate))
                : context.project().config().get("plots", "html_template").map(name -> context.project()
                        .dvcDirectory()
                        .resolve(name));
        return file.map(path -> {
            try {
                String text = Files.readString(path);
                if (!text.contains("{plot_divs}")) {
                    throw new CommandFailure(
                            ExitCodes.ERROR,
                            "HTML template has to contain 'plot_divs' in order to be rendered",
                            "Put {plot_divs} into %s where the plots go.".formatted(path));
                }
                return text;
            } catch (NoSuchFileException e) {
                throw new CommandFailure(
                        ExitCodes.ERROR, "template '%s' does not exist".formatted(path), "Check --html-template.");
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + path, e);
            }
        });
    }

    private static Path written(Path directory, Plot.Image image, String revision) {
        Path file = directory.resolve(image.fileName(revision));
        byte[] bytes = image.images().get(revision);
        if (bytes != null) {
            write(file, bytes);
        }
        return file;
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the directory of " + file, e);
        }
        AtomicFiles.write(file, bytes);
    }
}
