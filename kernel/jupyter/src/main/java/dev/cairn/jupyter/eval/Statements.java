package dev.cairn.jupyter.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** Cuts Java code into the statements and declarations that JShell takes one at a time. */
final class Statements {
    private final Supplier<SourceCodeAnalysis> analysis;

    Statements(Supplier<SourceCodeAnalysis> analysis) {
        this.analysis = analysis;
    }

    /**
     * One statement or declaration.
     *
     * @param source its text, from its first character on
     * @param offset where {@code source} begins in the code
     * @param completeness whether it is whole
     */
    record Statement(String source, int offset, Completeness completeness) {
        boolean isBroken() {
            return completeness == Completeness.UNKNOWN || completeness == Completeness.DEFINITELY_INCOMPLETE;
        }

        boolean lacksSemicolon() {
            return completeness == Completeness.COMPLETE_WITH_SEMI;
        }

        int end() {
            return offset + source.length();
        }
    }

    /** All statements; the last is broken when the code is. Trailing blanks and comments are none. */
    List<Statement> of(String code) {
        List<Statement> found = new ArrayList<>();
        int offset = 0;
        while (offset < code.length()) {
            String rest = code.substring(offset);
            CompletionInfo info = analysis.get().analyzeCompletion(rest);
            if (info.completeness() == Completeness.EMPTY) {
                break;
            }
            int next = code.length()
                    - (info.remaining() == null ? 0 : info.remaining().length());
            boolean isLast = info.completeness() == Completeness.UNKNOWN
                    || info.completeness() == Completeness.DEFINITELY_INCOMPLETE
                    || next <= offset;
            boolean isLacking = info.completeness() == Completeness.COMPLETE_WITH_SEMI;
            String source = isLast || isLacking || info.source() == null ? rest : info.source();
            // JShell miscounts the lines of code that begins with blank ones.
            String stripped = source.stripLeading();
            found.add(new Statement(stripped, offset + source.length() - stripped.length(), info.completeness()));
            if (isLast) {
                break;
            }
            offset = next;
        }
        return found;
    }
}
