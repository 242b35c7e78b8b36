package dev.cairn.engine.project;

import dev.cairn.engine.error.ConfigException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of one configuration file in ConfigObj's INI dialect, as DVC writes it. A change keeps every other line, comments included.
 * Sections are named {@code core} or {@code remote "name"}.
 */
final class ConfigFile {
    private static final Pattern SECTION = Pattern.compile("\\s*\\[\\s*(.*?)\\s*]\\s*(?:#.*)?");
    private static final Pattern OPTION = Pattern.compile("\\s*([^#=\\s][^=]*?)\\s*=\\s*(.*?)\\s*");

    private final String name;
    private final List<String> lines;

    /**
     * @param name for messages
     */
    ConfigFile(String name, String text) {
        this.name = name;
        this.lines = new ArrayList<>(text.isBlank() ? List.of() : text.lines().toList());
    }

    /** The whole text; a file without settings is an empty line, as ConfigObj writes it. */
    String text() {
        return String.join("\n", lines) + "\n";
    }

    /** Sections in order; each with its options in order. */
    Map<String, Map<String, String>> sections() {
        Map<String, Map<String, String>> out = new LinkedHashMap<>();
        @Nullable Map<String, String> section = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            Optional<String> header = header(line);
            if (header.isPresent()) {
                section = out.computeIfAbsent(header.get(), k -> new LinkedHashMap<>());
                continue;
            }
            Matcher option = OPTION.matcher(line);
            if (!option.matches() || section == null) {
                throw new ConfigException(
                        "configuration error - config file error: %s, line %d: '%s' is neither a section nor an option"
                                .formatted(name, i + 1, line.strip()),
                        "Correct the line; options stand below a [section] as `name = value`.");
            }
            section.put(option.group(1).toLowerCase(java.util.Locale.ROOT), value(option.group(2)));
        }
        return out;
    }

    private static Optional<String> header(String line) {
        Matcher matcher = SECTION.matcher(line);
        return matcher.matches() ? Optional.of(unquote(matcher.group(1))) : Optional.empty();
    }

    /** Without quotes and without a comment behind. */
    private static String value(String raw) {
        if (raw.startsWith("\"") || raw.startsWith("'")) {
            int end = raw.indexOf(raw.charAt(0), 1);
            return end < 0 ? raw : raw.substring(1, end);
        }
        int comment = raw.indexOf(" #");
        return comment < 0 ? raw : raw.substring(0, comment).strip();
    }

    private static String unquote(String text) {
        boolean quoted = text.length() >= 2
                && (text.charAt(0) == '\'' || text.charAt(0) == '"')
                && text.charAt(text.length() - 1) == text.charAt(0);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    void set(String section, String option, String value) {
        String line = "    %s = %s".formatted(option, quote(value));
        int start = sectionLine(section);
        if (start < 0) {
            boolean isNamed = section.contains("\"");
            int place = isNamed ? lines.size() : firstNamedSection();
            lines.add(place, isNamed ? "['%s']".formatted(section) : "[%s]".formatted(section));
            lines.add(place + 1, line);
            return;
        }
        int existing = optionLine(start, option);
        if (existing >= 0) {
            lines.set(existing, line);
            return;
        }
        int end = start + 1;
        while (end < lines.size() && header(lines.get(end)).isEmpty()) {
            end++;
        }
        while (lines.get(end - 1).isBlank()) {
            end--;
        }
        lines.add(end, line);
    }

    /**
     * @return whether it was there
     */
    boolean unset(String section, String option) {
        int start = sectionLine(section);
        int existing = start < 0 ? -1 : optionLine(start, option);
        if (existing < 0) {
            return false;
        }
        lines.remove(existing);
        boolean isEmpty =
                start + 1 >= lines.size() || header(lines.get(start + 1)).isPresent();
        if (isEmpty) {
            lines.remove(start);
        }
        return true;
    }

    /**
     * @return whether it was there
     */
    boolean removeSection(String section) {
        int start = sectionLine(section);
        if (start < 0) {
            return false;
        }
        lines.remove(start);
        while (start < lines.size() && header(lines.get(start)).isEmpty()) {
            lines.remove(start);
        }
        return true;
    }

    /** DVC writes sections such as those of remotes behind all others. */
    private int firstNamedSection() {
        for (int i = 0; i < lines.size(); i++) {
            if (header(lines.get(i)).filter(name -> name.contains("\"")).isPresent()) {
                return i;
            }
        }
        return lines.size();
    }

    private int sectionLine(String section) {
        for (int i = 0; i < lines.size(); i++) {
            if (header(lines.get(i)).filter(section::equals).isPresent()) {
                return i;
            }
        }
        return -1;
    }

    private int optionLine(int sectionLine, String option) {
        for (int i = sectionLine + 1; i < lines.size() && header(lines.get(i)).isEmpty(); i++) {
            Matcher matcher = OPTION.matcher(lines.get(i));
            if (matcher.matches() && matcher.group(1).equalsIgnoreCase(option)) {
                return i;
            }
        }
        return -1;
    }

    private static String quote(String value) {
        boolean needsQuotes = value.isEmpty()
                || value.contains(",")
                || value.contains("#")
                || !value.equals(value.strip())
                || value.startsWith("\"")
                || value.startsWith("'");
        if (!needsQuotes) {
            return value;
        }
        return value.contains("\"") ? "'" + value + "'" : "\"" + value + "\"";
    }
}
