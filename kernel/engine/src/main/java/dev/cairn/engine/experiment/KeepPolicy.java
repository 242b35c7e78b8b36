package dev.cairn.engine.experiment;

import dev.cairn.engine.error.EngineException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which checkpoints of an experiment are kept: {@code best:3,last:1,every:10}. The tip is kept always.
 *
 * @param best so many with the best values of the metric
 * @param last so many at the end
 * @param every each of this number, counted from the first; 0 for none
 */
public record KeepPolicy(int best, int last, int every) {
    private static final Pattern PART = Pattern.compile("(best|last|every):(\\d{1,9})");

    /**
     * Reads it.
     *
     * @throws EngineException when a part is none of the three
     */
    public static KeepPolicy parse(String text) {
        Map<String, Integer> parts = new java.util.HashMap<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = PART.matcher(part.strip());
            if (!matcher.matches()) {
                throw new EngineException(
                        "'%s' does not say what to keep".formatted(part.strip()), "Write best:3,last:1,every:10.");
            }
            parts.put(matcher.group(1), Integer.parseInt(matcher.group(2)));
        }
        return new KeepPolicy(
                parts.getOrDefault("best", 0), parts.getOrDefault("last", 0), parts.getOrDefault("every", 0));
    }

    /**
     * Indexes of those kept.
     *
     * @param values of the metric, from the first checkpoint to the tip; empty where it has none
     * @param mode which are better
     */
    Set<Integer> kept(List<OptionalDouble> values, Objective.Mode mode) {
        Set<Integer> kept = new TreeSet<>();
        int size = values.size();
        IntStream.range(Math.max(0, size - Math.max(1, last)), size).forEach(kept::add);
        if (every > 0) {
            IntStream.range(0, size).filter(i -> (i + 1) % every == 0).forEach(kept::add);
        }
        double sign = mode == Objective.Mode.MIN ? 1 : -1;
        IntStream.range(0, size)
                .filter(i -> values.get(i).isPresent())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> sign * values.get(i).getAsDouble()))
                .limit(best)
                .forEach(kept::add);
        return kept;
    }

    /** As it can be read again. */
    @Override
    public String toString() {
        return "best:%d,last:%d,every:%d".formatted(best, last, every);
    }
}
