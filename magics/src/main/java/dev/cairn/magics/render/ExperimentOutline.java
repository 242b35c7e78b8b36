package dev.cairn.magics.render;

import dev.cairn.magics.render.ExperimentGrid.Position;
import dev.cairn.magics.render.ExperimentGrid.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The grid's rows put together again: baselines, their experiments, and which checkpoints are an experiment's own.
 *
 * @param groups one a baseline
 */
record ExperimentOutline(List<Group> groups) {
    /** A baseline and its experiments. */
    record Group(Row baseline, List<Entry> entries) {}

    /**
     * One experiment.
     *
     * @param chain every revision, tip first
     * @param ownCount how many of them, from the tip, belong to this experiment and not to the one it goes on from
     * @param origin what it goes on from, such as {@code 1836069 [mazed-bort]}; empty when it starts at the baseline
     */
    record Entry(List<Row> chain, int ownCount, String origin) {
        Row tip() {
            return chain.get(0);
        }

        List<Row> own() {
            return chain.subList(0, ownCount);
        }

        /** Every revision, first made first. */
        List<Row> oldestFirst() {
            List<Row> rows = new ArrayList<>(chain);
            java.util.Collections.reverse(rows);
            return rows;
        }
    }

    static ExperimentOutline of(ExperimentGrid grid) {
        List<Row> baselines = new ArrayList<>();
        List<List<List<Row>>> chains = new ArrayList<>();
        for (Row row : grid.rows()) {
            if (row.position() == Position.BASELINE) {
                baselines.add(row);
                chains.add(new ArrayList<>());
                continue;
            }
            List<List<Row>> ranges = chains.get(chains.size() - 1);
            if (row.position() != Position.CHECKPOINT && row.position() != Position.CHECKPOINT_BASE) {
                ranges.add(new ArrayList<>());
            }
            ranges.get(ranges.size() - 1).add(row);
        }
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < baselines.size(); i++) {
            groups.add(new Group(baselines.get(i), entries(chains.get(i))));
        }
        return new ExperimentOutline(List.copyOf(groups));
    }

    private static List<Entry> entries(List<List<Row>> chains) {
        Map<String, List<Row>> owners = owners(chains);
        return chains.stream().map(chain -> entry(chain, owners)).toList();
    }

    private static Entry entry(List<Row> chain, Map<String, List<Row>> owners) {
        for (int i = 1; i < chain.size(); i++) {
            List<Row> owner = owners.get(chain.get(i).revision().rev());
            if (owner != null && owner != chain) {
                String name = owner.get(0).experiment();
                String rev = chain.get(i).rev();
                return new Entry(chain, i, name.isEmpty() ? rev : rev + " [" + name + "]");
            }
        }
        return new Entry(chain, chain.size(), "");
    }

    /** Of the experiments that share a commit, the one that made it: it ends there, or went on from there first. */
    private static Map<String, List<Row>> owners(List<List<Row>> chains) {
        Map<String, List<Row>> owners = new HashMap<>();
        Map<String, Optional<Instant>> wentOn = new HashMap<>();
        Comparator<Optional<Instant>> earlier = Comparator.comparing(o -> o.orElse(Instant.MAX));
        // Newest first is the order of the table, so on a tie the later in the list is the older.
        for (List<Row> chain : chains) {
            for (int i = 0; i < chain.size(); i++) {
                String rev = chain.get(i).revision().rev();
                Optional<Instant> next = i == 0 ? Optional.of(Instant.MIN) : created(chain.get(i - 1));
                Optional<Instant> known = wentOn.get(rev);
                if (known == null || earlier.compare(next, known) <= 0) {
                    wentOn.put(rev, next);
                    owners.put(rev, chain);
                }
            }
        }
        return owners;
    }

    private static Optional<Instant> created(Row row) {
        @Nullable Instant instant = row.created();
        return Optional.ofNullable(instant);
    }
}
