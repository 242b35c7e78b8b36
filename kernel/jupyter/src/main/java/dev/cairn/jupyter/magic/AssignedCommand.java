package dev.cairn.jupyter.magic;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells {@code var files = !ls} from {@code var isOpen = !isClosed}. Where both readings are possible, Java's is taken, unless
 * the variable is declared with {@code var} or as a list, no semicolon ends the line, and the name means nothing in Java.
 */
final class AssignedCommand {
    private static final Pattern TRUTH =
            Pattern.compile("\\s*(final\\s+)?(java\\.lang\\.)?[bB]oolean\\s+\\w+\\s*=\\s*");
    private static final Pattern LIST = Pattern.compile(
            "\\s*(final\\s+)?(var|[\\w.]*ShellOutput|(java\\.util\\.)?(List|Collection)<.*>)\\s+\\w+\\s*=\\s*");
    private static final Pattern FIRST_WORD = Pattern.compile("\\s*([\\w./~+-]*[\\w./~])(.*)", Pattern.DOTALL);
    // After a truth value Java could only go on with an operator, a bracket or a dot.
    private static final Pattern ARGUMENT =
            Pattern.compile("[ \\t]+(?!instanceof\\b)(?!//|/\\*)[\\w/~.$*\"'@:{\\[<>+-].*", Pattern.DOTALL);

    private final String cell;
    private final Predicate<String> isVariable;

    AssignedCommand(String cell, Predicate<String> isVariable) {
        this.cell = cell;
        this.isVariable = isVariable;
    }

    /**
     * Whether it is a command.
     *
     * @param target what stands before the exclamation mark, the equals sign included
     * @param line what stands behind it on its line
     */
    boolean isCommand(String target, String line) {
        Matcher command = FIRST_WORD.matcher(line);
        if (TRUTH.matcher(target).matches() || !command.matches()) {
            return false;
        }
        String rest = command.group(2);
        if (ARGUMENT.matcher(rest).matches()) {
            return true;
        }
        boolean couldEnd = rest.isBlank() || rest.matches("[ \\t]*[|&].*");
        return couldEnd
                && LIST.matcher(target).matches()
                && !line.stripTrailing().endsWith(";")
                && !isJavaName(command.group(1), target);
    }

    private boolean isJavaName(String word, String target) {
        String name = word.replaceFirst("\\..*", "");
        return isVariable.test(name)
                || name.equals("true")
                || name.equals("false")
                || Pattern.compile("\\b" + Pattern.quote(name) + "\\b")
                        .matcher(cell.substring(0, cell.indexOf(target)))
                        .find();
    }
}
