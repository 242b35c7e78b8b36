package dev.cairn.jupyter.magic;

import dev.cairn.jupyter.output.CellScope;
import org.jspecify.annotations.Nullable;

/** What a magic inside braces of a cell is compiled to. Public because cells call it. */
public final class InlineMagic {
    private InlineMagic() {}

    /**
     * Runs the magic; its value comes as whatever type the code expects.
     *
     * @param pieces the arguments: literal text and values of expressions, to be put together
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"
    }) // the cell's own assignment checks the type
    public static <T> T run(String name, @Nullable Object... pieces) {
        var arguments = new StringBuilder();
        for (Object piece : pieces) {
            arguments.append(piece);
        }
        CellScope scope = CellScope.current()
                .orElseThrow(() -> new IllegalStateException("A magic was called from outside of a notebook's cell"));
        try {
            return (T) scope.magics().run(name, arguments.toString());
        } catch (Exception e) {
            throw InlineMagic.<RuntimeException>unchecked(e);
        }
    }

    /** Runs a shell command and keeps what it prints. */
    public static ShellOutput capture(@Nullable Object... pieces) {
        return run(MagicRunner.CAPTURE, pieces);
    }

    // A magic in a loop or a lambda should not make the user declare exceptions.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> E unchecked(Exception e) throws E {
        throw (E) e;
    }
}
