package dev.cairn.jupyter.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects the comments by which a cell names what it depends on, as JBang's scripts do. */
final class Directives {
    private static final Pattern DIRECTIVE = Pattern.compile("//(DEPS|REPOS)[ \\t]+(.+)");
    private static final Pattern TRAILING_COMMENT = Pattern.compile("[ \\t]//.*");

    // Versions can be ranges, which have commas too, but no name behind them.
    private static final Pattern SEPARATOR = Pattern.compile("[\\s;]+|,\\s+|,(?=[A-Za-z_][\\w.-]*[:=])");

    private final List<String> repositories = new ArrayList<>();
    private final List<String> dependencies = new ArrayList<>();
    private int line;

    /** Whether it is worth looking. */
    static boolean mayBeIn(String cell) {
        return cell.contains("//DEPS") || cell.contains("//REPOS");
    }

    /** Takes a comment that begins its line. */
    void add(String comment, IntSupplier lineNumber) {
        Matcher directive = DIRECTIVE.matcher(comment.strip());
        if (!directive.matches()) {
            return;
        }
        line = line == 0 ? lineNumber.getAsInt() : line;
        List<String> kind = directive.group(1).equals("DEPS") ? dependencies : repositories;
        String values = TRAILING_COMMENT.matcher(directive.group(2)).replaceFirst("");
        SEPARATOR.splitAsStream(values.strip()).forEach(kind::add);
    }

    /** The magic that does what the comments ask for. */
    Optional<CellPart> asMagic() {
        if (dependencies.isEmpty() && repositories.isEmpty()) {
            return Optional.empty();
        }
        var arguments = new StringBuilder("--quiet");
        repositories.forEach(repository -> arguments.append(" --repository ").append(repository));
        dependencies.forEach(dependency -> arguments.append(' ').append(dependency));
        return Optional.of(new CellPart.Line("", "maven", arguments.toString(), line));
    }
}
