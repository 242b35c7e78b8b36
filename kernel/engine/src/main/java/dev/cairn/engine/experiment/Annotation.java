package dev.cairn.engine.experiment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What somebody remarked about a checkpoint.
 *
 * @param starred whether it has a star
 * @param tags without {@code #}
 * @param notes one line each
 * @param changed when one of these was last changed
 */
public record Annotation(boolean starred, SortedSet<String> tags, List<String> notes, Instant changed) {
    static final Annotation NONE = new Annotation(false, new TreeSet<>(), List.of(), Instant.EPOCH);

    public Annotation {
        tags = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(tags));
        notes = List.copyOf(notes);
    }

    boolean isEmpty() {
        return !starred && tags.isEmpty() && notes.isEmpty();
    }

    Annotation starred(boolean star) {
        return new Annotation(star, tags, notes, changed);
    }

    Annotation with(SortedSet<String> newTags) {
        return new Annotation(starred, newTags, notes, changed);
    }

    Annotation with(List<String> newNotes) {
        return new Annotation(starred, tags, newNotes, changed);
    }

    Annotation at(Instant time) {
        return new Annotation(starred, tags, notes, time);
    }

    /** As it is shown behind a name: {@code ★ #tag “note”}. */
    public String shown() {
        List<String> parts = new ArrayList<>();
        if (starred) {
            parts.add("★");
        }
        tags.forEach(tag -> parts.add("#" + tag));
        notes.forEach(note -> parts.add("“" + note + "”"));
        return String.join(" ", parts);
    }

    /** As it stands in Git: a line each, for {@code git notes show} to read well. */
    String text() {
        StringBuilder text = new StringBuilder();
        if (starred) {
            text.append("starred\n");
        }
        tags.forEach(tag -> text.append("tag: ").append(tag).append('\n'));
        notes.forEach(note -> text.append("note: ").append(note).append('\n'));
        return text.append("changed: ").append(changed).append('\n').toString();
    }

    /** Reads it. Lines that say nothing known are somebody's own notes. */
    static Annotation parse(String text) {
        boolean star = false;
        TreeSet<String> tags = new TreeSet<>();
        List<String> notes = new ArrayList<>();
        Instant changed = Instant.EPOCH;
        for (String line : text.lines().toList()) {
            if (line.equals("starred")) {
                star = true;
            } else if (line.startsWith("tag: ")) {
                tags.add(line.substring("tag: ".length()));
            } else if (line.matches("changed: \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z")) {
                changed = Instant.parse(line.substring("changed: ".length()));
            } else if (!line.isBlank()) {
                notes.add(line.startsWith("note: ") ? line.substring("note: ".length()) : line);
            }
        }
        return new Annotation(star, tags, notes, changed);
    }
}
