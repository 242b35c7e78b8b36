package dev.cairn.jupyter.eval;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.Diag;

/** What to do about the commonest mistakes that a compiler finds. Used while the lock of JShell is held. */
final class CompileHints {
    private static final Pattern SYMBOL = Pattern.compile("symbol:\\s+(class|variable|method)\\s+(\\w+)");
    private static final Pattern LOSSY = Pattern.compile("lossy conversion from (\\w+) to (\\w+)");
    private static final Pattern CONVERTED = Pattern.compile("(\\S+) cannot be converted to (\\S+)");
    private static final Pattern UNREPORTED = Pattern.compile("unreported exception (\\S+);");

    private final ShellIndex index;
    private final Supplier<Set<String>> names;

    /** Makes one; {@code names} are those that cells declared. */
    CompileHints(ShellIndex index, Supplier<Set<String>> names) {
        this.index = index;
        this.names = names;
    }

    Optional<String> of(Diag error) {
        String code = error.getCode();
        String message = error.getMessage(Locale.ROOT);
        if (code.startsWith("compiler.err.cant.resolve")) {
            return unknown(message);
        }
        if (code.startsWith("compiler.err.prob.found.req")) {
            return incompatible(message);
        }
        if (code.startsWith("compiler.err.unreported.exception")) {
            Matcher type = UNREPORTED.matcher(message);
            return type.find()
                    ? Optional.of("catch it with try { … } catch (" + type.group(1) + " e) { … }, or add 'throws "
                            + type.group(1) + "' to the method")
                    : Optional.empty();
        }
        return switch (code) {
            case "compiler.err.expected" -> message.startsWith("';'")
                    ? Optional.of("a semicolon ';' is missing here")
                    : Optional.empty();
            case "compiler.err.missing.ret.stmt" -> Optional.of("every way through the method must end in a return");
            case "compiler.err.unclosed.str.lit" -> Optional.of(
                    "close the string with \" on the same line, or use a text block: \"\"\" … \"\"\"");
            case "compiler.err.premature.eof" -> Optional.of("a closing brace or parenthesis is missing");
            default -> Optional.empty();
        };
    }

    private Optional<String> unknown(String message) {
        Matcher symbol = SYMBOL.matcher(message);
        if (!symbol.find()) {
            return Optional.empty();
        }
        String name = symbol.group(2);
        boolean isType = Character.isUpperCase(name.charAt(0));
        List<String> classes = isType ? index.classes(name) : List.of();
        if (!classes.isEmpty()) {
            return Optional.of(classes.stream()
                    .sorted(Comparator.comparing((String found) -> !found.startsWith("java.")))
                    .limit(3)
                    .map(found -> "import " + found + ";")
                    .reduce((a, b) -> a + "  or  " + b)
                    .orElse(""));
        }
        List<String> types = isType ? index.importedTypes(name.substring(0, 1)) : List.of();
        return Stream.concat(names.get().stream(), types.stream())
                .filter(known -> !known.equals(name) && distance(known, name) <= Math.max(1, name.length() / 3))
                .min(Comparator.comparingInt(known -> distance(known, name)))
                .map(known -> "did you mean " + known + "?");
    }

    private static Optional<String> incompatible(String message) {
        Matcher lossy = LOSSY.matcher(message);
        if (lossy.find()) {
            return Optional.of("write (" + lossy.group(2) + ") before the value to cut it, or declare the variable as "
                    + lossy.group(1));
        }
        Matcher converted = CONVERTED.matcher(message.replace("java.lang.", ""));
        if (!converted.find()) {
            return Optional.empty();
        }
        return switch (converted.group(1) + " " + converted.group(2)) {
            case "String int", "String Integer" -> Optional.of("Integer.parseInt(text) reads a number from text");
            case "String double", "String Double" -> Optional.of("Double.parseDouble(text) reads a number from text");
            case "int String", "long String", "double String", "boolean String", "char String" -> Optional.of(
                    "String.valueOf(value) makes text of it");
            default -> Optional.empty();
        };
    }

    /** How many characters must be put in, taken out or replaced. */
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = diagonal
                        + (Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1)) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(cost, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
