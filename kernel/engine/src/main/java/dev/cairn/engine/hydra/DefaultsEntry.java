package dev.cairn.engine.hydra;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a defaults list where it stands.
 *
 * @param group as written, relative to the parent's or absolute; null for a configuration named by its path
 * @param option which of the group, or the path; null for none of the group
 * @param options several of the group; empty when there is one
 * @param place the package written behind {@code @}; null for none
 * @param isOptional whether it may be missing
 * @param isOverride whether it only changes the option of an entry elsewhere
 * @param base the group in which the parent stands
 * @param parentPlace the package of the parent
 */
record DefaultsEntry(
        @Nullable String group,
        @Nullable String option,
        List<String> options,
        @Nullable String place,
        boolean isOptional,
        boolean isOverride,
        String base,
        String parentPlace) {
    static final String SELF = "_self_";

    boolean isSelf() {
        return group == null && SELF.equals(option);
    }

    DefaultsEntry with(@Nullable String newOption) {
        return new DefaultsEntry(group, newOption, List.of(), place, isOptional, isOverride, base, parentPlace);
    }

    DefaultsEntry with(List<String> newOptions) {
        return new DefaultsEntry(group, null, newOptions, place, isOptional, isOverride, base, parentPlace);
    }

    /** One of several options: a configuration named by its path. */
    DefaultsEntry single(String name) {
        return new DefaultsEntry(null, group + "/" + name, List.of(), place, isOptional, false, base, parentPlace);
    }

    /** The group, or the directory of the configuration, from the root. */
    String groupPath() {
        String written = relativeGroup();
        String path = group == null ? Objects.requireNonNull(option) : group;
        if (path.startsWith("/") || base.isEmpty()) {
            return written;
        }
        return written.isEmpty() ? base : base + "/" + written;
    }

    private String relativeGroup() {
        String path = group == null ? Objects.requireNonNull(option) : group;
        String relative = path.startsWith("/") ? path.substring(1) : path;
        if (group != null) {
            return relative;
        }
        int slash = relative.lastIndexOf('/');
        return slash < 0 ? "" : relative.substring(0, slash);
    }

    /** The file from the root, without its ending. */
    String configPath() {
        String name = Objects.requireNonNull(option);
        String last = group == null ? name.substring(name.lastIndexOf('/') + 1) : name;
        String directory = groupPath();
        return directory.isEmpty() ? last : directory + "/" + last;
    }

    /**
     * Where its values go.
     *
     * @param header what the file itself says; null when it says nothing, or when only the entry counts
     */
    String finalPlace(@Nullable String header) {
        String own = place != null ? place : header;
        if (own == null) {
            own = relativeGroup().replace('/', '.');
        }
        String whole = parentPlace.isEmpty() ? own : own.isEmpty() ? parentPlace : parentPlace + "." + own;
        int global = whole.lastIndexOf("_global_");
        return global < 0 ? whole : whole.substring(Math.min(whole.length(), global + "_global_".length() + 1));
    }

    /** What an override has to name to mean this entry. */
    String overrideKey() {
        String whole = groupPath();
        String at = finalPlace(null);
        return at.equals(whole.replace('/', '.')) ? whole : whole + "@" + (at.isEmpty() ? "_global_" : at);
    }
}
