package dev.cairn.jupyter.magic;

import dev.cairn.jupyter.extension.CellOutput;
import dev.cairn.jupyter.extension.CompletionRequest;
import dev.cairn.jupyter.extension.EvaluationException;
import dev.cairn.jupyter.extension.KernelContext;
import dev.cairn.jupyter.extension.LineMagic;
import dev.cairn.jupyter.extension.MagicCall;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs and completes the magics of a session. */
public final class MagicRunner {
    /** The name under which a shell command is run whose output is kept. */
    static final String CAPTURE = "!!";

    private final MagicRegistry registry;
    private final KernelContext kernel;
    private final Predicate<String> isExpression;
    private final ShellCommand shell;

    /** Makes one; {@code isExpression} tells whether a text in braces reads as Java. */
    public MagicRunner(MagicRegistry registry, KernelContext kernel, Predicate<String> isExpression) {
        this.registry = registry;
        this.kernel = kernel;
        this.isExpression = isExpression;
        shell = new ShellCommand(kernel);
    }

    /** Runs a line magic or shell command of a cell, its expressions filled in. */
    public @Nullable Object run(CellPart.Line line, CellOutput output) throws Exception {
        boolean takesCode =
                registry.findLine(line.name()).map(LineMagic::takesCode).orElse(false);
        return runLine(line.name(), takesCode ? line.arguments() : fillIn(line.arguments()), output);
    }

    /** Runs a line magic or shell command whose arguments are final. */
    public @Nullable Object runLine(String name, String arguments, CellOutput output) throws Exception {
        if (name.equals("!")) {
            return runShell(arguments, output);
        }
        if (name.equals(CAPTURE)) {
            return shell.capture(arguments, output.err());
        }
        if (name.endsWith("?") || isQuestion(name, arguments)) {
            String plainName = name.replace("?", "");
            return help(plainName, arguments.isEmpty() ? "" : arguments.substring(0, arguments.length() - 1));
        }
        return registry.line(name).run(new Call(name, arguments, output, kernel));
    }

    private boolean isQuestion(String name, String arguments) {
        // In code, a question mark at the end is the code's own.
        return arguments.equals("?")
                || (arguments.endsWith("?")
                        && !registry.findLine(name).map(LineMagic::takesCode).orElse(false));
    }

    /** Runs a cell magic. */
    public @Nullable Object run(CellPart.Cell cell, CellOutput output) throws Exception {
        if (cell.arguments().equals("?") && cell.body().isBlank()) {
            return cellHelp(cell.name(), "");
        }
        String arguments = fillIn(cell.arguments());
        return registry.cell(cell.name()).run(new Call(cell.name(), arguments, output, kernel), cell.body());
    }

    /** The words that could end a line such as {@code %exp sho}, with where the word begins; empty when it is no magic. */
    public Optional<Completed> complete(String line) {
        String text = line.stripLeading();
        int indent = line.length() - text.length();
        if (!text.startsWith("%")) {
            return Optional.empty();
        }
        String prefix = text.startsWith("%%") ? "%%" : "%";
        int nameEnd = prefix.length();
        while (nameEnd < text.length() && !Character.isWhitespace(text.charAt(nameEnd))) {
            nameEnd++;
        }
        String name = text.substring(prefix.length(), nameEnd);
        if (nameEnd == text.length()) {
            return Optional.of(new Completed(names(prefix, name), indent));
        }
        int argumentStart = nameEnd;
        while (argumentStart < text.length() && Character.isWhitespace(text.charAt(argumentStart))) {
            argumentStart++;
        }
        String arguments = text.substring(argumentStart);
        var request = new CompletionRequest(arguments, arguments.length());
        List<String> words = prefix.equals("%%")
                ? registry.findCell(name).map(magic -> magic.complete(request)).orElse(List.of())
                : registry.findLine(name).map(magic -> magic.complete(request)).orElse(List.of());
        return Optional.of(new Completed(words, indent + argumentStart + request.wordStart()));
    }

    /** The words that could end a line of the shell, with where in it the word begins. */
    public Completed completeShell(String line) {
        return new ShellCompletion(kernel).complete(line);
    }

    /** Texts to choose from, and where in the line they begin. */
    public record Completed(List<String> matches, int start) {}

    /** What {@code %name?} shows. */
    public Object help(String name, String arguments) {
        if (registry.findLine(name).isEmpty() && registry.findCell(name).isPresent()) {
            return cellHelp(name, arguments);
        }
        LineMagic magic = registry.line(name);
        return magic.help(arguments.strip()).orElse("There is no help for %" + name + ".");
    }

    private Object cellHelp(String name, String arguments) {
        return registry.cell(name).help(arguments.strip()).orElse("There is no help for %%" + name + ".");
    }

    private List<String> names(String prefix, String start) {
        Stream<String> cell = registry.cellNames().stream().map(name -> "%%" + name);
        Stream<String> line = prefix.equals("%%")
                ? Stream.of()
                : registry.lineNames().stream().map(name -> "%" + name);
        return Stream.concat(line, cell)
                .filter(name -> name.startsWith(prefix + start))
                .toList();
    }

    private @Nullable Object runShell(String command, CellOutput output) throws Exception {
        int status = shell.run(command, output);
        if (status != 0) {
            output.err().println("exit status " + status);
        }
        return null;
    }

    private String fillIn(String arguments) throws EvaluationException, InterruptedException {
        var filled = new StringBuilder();
        for (Interpolation.Piece piece : Interpolation.pieces(arguments, isExpression)) {
            filled.append(piece.isExpression() ? value(piece.text()) : piece.text());
        }
        return filled.toString();
    }

    private Object value(String expression) throws EvaluationException, InterruptedException {
        try {
            return Objects.requireNonNullElse(kernel.evaluate(expression), "null");
        } catch (EvaluationException e) {
            if (e.getCause() != null && e.getCause().getCause() != null) {
                throw e;
            }
            // It reads like Java, but its names are not the session's: then it is the command's own.
            return "{" + expression + "}";
        }
    }

    private record Call(String name, String arguments, CellOutput output, KernelContext kernel) implements MagicCall {
        @Override
        public List<String> words() {
            return ShellWords.split(arguments);
        }
    }
}
