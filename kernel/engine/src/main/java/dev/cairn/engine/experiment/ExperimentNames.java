package dev.cairn.engine.experiment;

import dev.cairn.engine.error.ConflictException;
import dev.cairn.engine.error.EngineException;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** Checks the names of experiments, and makes some up: an adjective and a noun, as DVC does. */
final class ExperimentNames {
    private static final List<String> ADJECTIVES = List.of(
            "agile", "amber", "ample", "aware", "azure", "basic", "beige", "blunt", "brash", "brave", "brief", "brisk",
            "broad", "cheap", "civil", "clean", "clear", "close", "crisp", "cubic", "curly", "daily", "dense", "eager",
            "early", "equal", "exact", "faint", "fancy", "final", "first", "fleet", "fluid", "foggy", "frank", "fresh",
            "funny", "giant", "glass", "grand", "great", "green", "handy", "happy", "hardy", "hazel", "heavy", "humid",
            "ideal", "inner", "ivory", "jolly", "joint", "juicy", "known", "large", "level", "light", "lilac", "local",
            "loose", "loyal", "lucid", "lucky", "lunar", "magic", "major", "mauve", "merry", "minor", "misty", "modal",
            "naive", "naval", "noble", "noted", "ocean", "olive", "outer", "paced", "pearl", "plain", "plush", "polar",
            "prime", "proud", "quick", "quiet", "rapid", "ready", "regal", "rigid", "rocky", "round", "royal", "rural",
            "rusty", "salty", "sandy", "sharp", "sheer", "shiny", "short", "silky", "smart", "snowy", "sober", "solar",
            "solid", "sonic", "spare", "spicy", "stark", "steep", "still", "stout", "sunny", "super", "swift", "tepid",
            "tidal", "tight", "tough", "tried", "urban", "usual", "valid", "vital", "vivid", "vocal", "weird", "white",
            "windy", "wired", "witty", "woody", "young", "zesty");
    private static final List<String> NOUNS = List.of(
            "acre", "alga", "arch", "atom", "aunt", "bale", "bark", "barn", "bead", "beam", "bell", "bird", "boat",
            "bolt", "bone", "book", "brow", "buoy", "cave", "clay", "clog", "coal", "cone", "cork", "crag", "crow",
            "dale", "dawn", "deer", "dome", "dove", "dune", "dust", "east", "edge", "elms", "ewer", "fawn", "fern",
            "file", "fins", "flax", "foal", "ford", "fork", "frog", "gate", "gear", "glen", "goat", "gulf", "gull",
            "hare", "harp", "hawk", "herb", "hill", "hive", "horn", "iris", "isle", "jade", "kelp", "kiln", "kite",
            "knot", "lake", "lamb", "lamp", "lark", "leaf", "lens", "lily", "lime", "loft", "loom", "lynx", "mast",
            "maze", "mesa", "mill", "mint", "mole", "moon", "moss", "moth", "newt", "node", "oars", "opal", "oryx",
            "path", "peak", "pear", "pier", "pine", "plum", "pond", "pool", "quay", "raft", "rain", "reed", "reef",
            "ring", "road", "rock", "roof", "root", "rose", "sage", "sail", "salt", "sand", "seal", "seed", "ship",
            "silo", "snow", "star", "stem", "surf", "swan", "teal", "tern", "tide", "toad", "tree", "vale", "vane",
            "vine", "wave", "weir", "well", "west", "wing", "wolf", "wood", "wren", "yarn", "yoke");

    private ExperimentNames() {}

    /**
     * Checks a name that the user gave.
     *
     * @throws EngineException when it cannot be the last part of a ref
     */
    static void check(String name) {
        boolean isValid = !name.contains("/") && Repository.isValidRefName(ExperimentRef.NAMESPACE + name);
        if (!isValid) {
            throw new EngineException(
                    "Invalid exp name %s, the exp name must follow rules in https://git-scm.com/docs/git-check-ref-format"
                            .formatted(name),
                    "Use letters, digits, '-' and '_'.");
        }
    }

    /** A name that is not taken. */
    static String make(RandomGenerator random, Predicate<String> isTaken) {
        for (int tries = 0; tries < 1_000; tries++) {
            String adjective = ADJECTIVES.get(random.nextInt(ADJECTIVES.size()));
            String name = adjective + "-" + NOUNS.get(random.nextInt(NOUNS.size()));
            if (!isTaken.test(name)) {
                return name;
            }
        }
        return "exp-" + Long.toHexString(random.nextLong() & 0xFFFFFFL | 0x100000L);
    }

    /**
     * Where a new experiment is to be kept.
     *
     * @param name that the user gave; null for one made up
     * @param force whether an experiment of the name is to be replaced
     * @throws ConflictException when there is one and {@code force} is not given
     */
    static ExperimentRef refFor(
            @Nullable String name, boolean force, ObjectId baseline, ExperimentRefs refs, RandomGenerator random) {
        if (name == null) {
            return new ExperimentRef(baseline, make(random, made -> refs.tip(new ExperimentRef(baseline, made))
                    .isPresent()));
        }
        check(name);
        ExperimentRef ref = new ExperimentRef(baseline, name);
        if (!force) {
            requireFree(ref, refs);
        }
        return ref;
    }

    /** @throws ConflictException when the experiment exists */
    static void requireFree(ExperimentRef ref, ExperimentRefs refs) {
        if (refs.tip(ref).isPresent()) {
            throw new ConflictException(
                    """
                    Experiment conflicts with existing experiment '%s'. To overwrite the existing experiment run:

                    \tdvc exp run -f ...

                    To run this experiment with a different name run:

                    \tdvc exp run -n <new_name> ...
                    """
                            .formatted(ref.name()),
                    "");
        }
    }
}
