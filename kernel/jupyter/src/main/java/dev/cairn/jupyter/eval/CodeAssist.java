package dev.cairn.jupyter.eval;

import dev.cairn.jupyter.eval.Statements.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/** What an editor asks about Java code: completion, whether it is complete, documentation. Offsets in UTF-16 units. */
public final class CodeAssist {
    private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern STARS = Pattern.compile("(?m)^\\s*\\*+ ?");

    private final JShell shell;
    private final Statements statements;
    private final ShellLock lock;
    private final PendingVariables pending;
    private final ShellSources sources;
    private final ShellIndex index;

    CodeAssist(
            JShell shell,
            Statements statements,
            ShellLock lock,
            PendingVariables pending,
            ShellSources sources,
            ShellIndex index) {
        this.shell = shell;
        this.statements = statements;
        this.lock = lock;
        this.pending = pending;
        this.sources = sources;
        this.index = index;
    }

    /**
     * What could stand at the cursor.
     *
     * @param matches the texts
     * @param start where they would begin; they replace what is from there to the cursor
     * @param kinds what they are, as far as known: function, class, keyword, module, instance, field, path or magic
     */
    public record Completion(List<String> matches, int start, Map<String, String> kinds) {
        public Completion {
            matches = List.copyOf(matches);
            kinds = Map.copyOf(kinds);
        }

        /** Texts of which no more is known. */
        public Completion(List<String> matches, int start) {
            this(matches, start, Map.of());
        }
    }

    /** Whether code could run as it is. */
    public enum CodeState {
        COMPLETE,
        INCOMPLETE,
        INVALID
    }

    /** Completes the code at the cursor. Variables of earlier statements of the same code are known. */
    public Completion complete(String code, int cursor) {
        return lock.holding(() -> completion(code, cursor));
    }

    private Completion completion(String code, int cursor) {
        String before = code.substring(0, cursor);
        pending.declareNamedIn(before);
        String prefix = lastIdentifier(before);
        if (!prefix.isEmpty()) {
            pending.declareStartingWith(prefix);
        }
        int start = statementStart(before);
        Completion alone = suggestions(before.substring(start), start);
        if (alone.matches().isEmpty()) {
            // Of a class or package that is not listed yet?
            index.await();
            alone = suggestions(before.substring(start), start);
        }
        if (!alone.matches().isEmpty() || start == 0) {
            return alone;
        }
        // As a block, so that what the statements before declare is in scope without having run.
        return suggestions("{" + before, -1);
    }

    private Completion suggestions(String text, int offset) {
        int[] anchor = {text.length()};
        List<Suggestion> suggestions = shell.sourceCodeAnalysis().completionSuggestions(text, text.length(), anchor);
        // What fits the expected type comes first, as JShell marks it.
        List<String> matches = suggestions.stream()
                .sorted((a, b) -> Boolean.compare(b.matchesType(), a.matchesType()))
                .map(Suggestion::continuation)
                .filter(match -> !match.startsWith("$"))
                .distinct()
                .toList();
        boolean isImport = text.stripLeading().startsWith("import ");
        boolean isMember = anchor[0] > 0 && text.charAt(anchor[0] - 1) == '.';
        Map<String, String> kinds =
                matches.stream().collect(Collectors.toMap(match -> match, match -> kind(match, isMember, isImport)));
        return new Completion(matches, anchor[0] + offset, kinds);
    }

    // JShell tells no kinds; Java's conventions of naming do.
    private String kind(String match, boolean isMember, boolean isImport) {
        if (match.endsWith("(") || match.endsWith(")")) {
            return "function";
        }
        if (SourceVersion.isKeyword(match.strip())) {
            return "keyword";
        }
        boolean isConstant = match.length() > 1 && match.equals(match.toUpperCase(Locale.ROOT));
        if (Character.isUpperCase(match.charAt(0)) && !(isConstant && isMember)) {
            return "class";
        }
        if (isImport || match.endsWith(".")) {
            return "module";
        }
        boolean isVariable =
                shell.variables().anyMatch(variable -> variable.name().equals(match));
        return isVariable && !isMember ? "instance" : isMember ? "field" : "module";
    }

    private int statementStart(String before) {
        List<Statement> parts = statements.of(before);
        if (parts.isEmpty()) {
            return before.length();
        }
        Statement last = parts.get(parts.size() - 1);
        boolean isFinished = last.completeness() == Completeness.COMPLETE
                && before.substring(0, Math.min(before.length(), last.end()))
                        .stripTrailing()
                        .matches("(?s).*[;}]");
        return isFinished && before.length() >= last.end() ? last.end() : last.offset();
    }

    /** Whether the code is complete. */
    public CodeState state(String code) {
        List<Statement> parts = lock.holding(() -> statements.of(code));
        if (parts.isEmpty()) {
            return CodeState.COMPLETE;
        }
        return switch (parts.get(parts.size() - 1).completeness()) {
            case DEFINITELY_INCOMPLETE -> CodeState.INCOMPLETE;
            case UNKNOWN -> CodeState.INVALID;
            case COMPLETE, COMPLETE_WITH_SEMI, CONSIDERED_INCOMPLETE, EMPTY -> CodeState.COMPLETE;
        };
    }

    /** Whether the text reads as one expression; says nothing about whether its names exist. */
    public boolean isExpression(String text) {
        if (text.isBlank()) {
            return false;
        }
        List<Statement> parts = lock.holding(() -> statements.of("(" + text + ")"));
        return parts.size() == 1 && !parts.get(0).isBroken();
    }

    /** What is known of what stands at the cursor: one entry for each overload that fits. */
    public List<SymbolDoc> document(String code, int cursor) {
        return lock.holding(() -> documents(code, cursor));
    }

    private List<SymbolDoc> documents(String code, int cursor) {
        int end = cursor;
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
            end++;
        }
        String before = code.substring(0, end);
        pending.declareNamedIn(before);
        sources.refresh();
        String statement = before.substring(statementStart(before));
        String name = lastIdentifier(statement);
        boolean isAlone = !statement.strip().contains(".");
        if (isAlone) {
            Optional<SymbolDoc> variable = variable(name);
            if (variable.isPresent()) {
                return List.of(variable.get());
            }
        }
        Optional<String> source = isAlone ? declaration(name) : Optional.empty();
        List<SymbolDoc> found = documentation(statement, source);
        return found.isEmpty() ? documentation(statement + "(", source) : found;
    }

    private List<SymbolDoc> documentation(String text, Optional<String> source) {
        return shell.sourceCodeAnalysis().documentation(text, text.length(), true).stream()
                .map(documentation -> described(documentation, source))
                .distinct()
                .toList();
    }

    private static SymbolDoc described(Documentation documentation, Optional<String> source) {
        String comment = documentation.javadoc();
        return new SymbolDoc(
                documentation.signature(),
                comment == null || comment.isBlank()
                        ? source.map(CodeAssist::comment).orElse("")
                        : comment,
                source.orElse(null));
    }

    private Optional<SymbolDoc> variable(String name) {
        return shell.variables()
                .filter(variable -> variable.name().equals(name))
                .map(variable -> new SymbolDoc(variable.typeName() + " " + variable.name(), "", null))
                .findFirst();
    }

    /** The source of a method or type that a cell declared. */
    private Optional<String> declaration(String name) {
        return Stream.concat(shell.methods(), shell.types())
                .filter(declared -> declared.name().equals(name))
                .map(declared -> declared.source().strip())
                .reduce((one, other) -> one + "\n\n" + other);
    }

    /** The Javadoc comment before a declaration. */
    private static String comment(String source) {
        Matcher comment = COMMENT.matcher(source);
        return comment.lookingAt()
                ? STARS.matcher(comment.group(1)).replaceAll("").strip()
                : "";
    }

    private static String lastIdentifier(String text) {
        int start = text.length();
        while (start > 0 && Character.isJavaIdentifierPart(text.charAt(start - 1))) {
            start--;
        }
        return text.substring(start);
    }
}
