package dev.cairn.engine.experiment;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Where an experiment is kept: {@code refs/exps/<2 hex>/<38 hex>/<name>}, the hex digits being the commit it started from. A name may exist
 * under several baselines.
 */
public record ExperimentRef(ObjectId baseline, String name) implements Comparable<ExperimentRef> {
    public static final String NAMESPACE = "refs/exps/";

    // Other refs below refs/exps (apply, celery, exec, temp, stash) never have two hex digits in that place.
    private static final Pattern REF = Pattern.compile("refs/exps/([0-9a-f]{2})/([0-9a-f]{38})/([^/]+)");

    /** The experiment of that ref, or empty when the ref is not one of an experiment. */
    public static Optional<ExperimentRef> parse(String refName) {
        Matcher matcher = REF.matcher(refName);
        return matcher.matches()
                ? Optional.of(
                        new ExperimentRef(ObjectId.fromString(matcher.group(1) + matcher.group(2)), matcher.group(3)))
                : Optional.empty();
    }

    /** The prefix of the refs of all experiments that start from the commit. */
    static String prefix(ObjectId baseline) {
        String hex = baseline.name();
        return NAMESPACE + hex.substring(0, 2) + "/" + hex.substring(2) + "/";
    }

    public String refName() {
        return prefix(baseline) + name;
    }

    /** In the order of the refs' names. */
    @Override
    public int compareTo(ExperimentRef other) {
        int byBaseline = baseline.compareTo(other.baseline);
        return byBaseline != 0 ? byBaseline : name.compareTo(other.name);
    }

    /** The full name of the ref. */
    @Override
    public String toString() {
        return refName();
    }
}
