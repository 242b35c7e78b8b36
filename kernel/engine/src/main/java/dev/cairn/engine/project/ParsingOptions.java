package dev.cairn.engine.project;

/**
 * How maps in commands become options: the section {@code parsing} of the configuration.
 *
 * @param negatesFalse whether false becomes {@code --no-flag} ({@code bool = boolean_optional})
 * @param repeatsLists whether each item of a list gets the option of its own ({@code list = append})
 */
public record ParsingOptions(boolean negatesFalse, boolean repeatsLists) {
    public static final ParsingOptions DEFAULT = new ParsingOptions(false, false);
}
