package dev.cairn.store.git;

import dev.cairn.store.StoreException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.PersonIdent;
import org.jspecify.annotations.Nullable;

/** Who makes commits and when: Git's environment variables, then its configuration. Never guessed from the machine. */
final class GitIdentity {
    private static final Pattern RAW_DATE = Pattern.compile("@?(\\d+)(?: ([+-])(\\d\\d)(\\d\\d))?");
    private static final DateTimeFormatter ISO_DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd['T'][' ']HH:mm:ss[.SSS][' '][XXX][XX][X]");

    private final Map<String, String> environment;
    private final InstantSource clock;

    GitIdentity(Map<String, String> environment, InstantSource clock) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    PersonIdent author(GitConfiguration config) {
        return person("author", config);
    }

    PersonIdent committer(GitConfiguration config) {
        return person("committer", config);
    }

    private PersonIdent person(String role, GitConfiguration config) {
        String prefix = "GIT_" + role.toUpperCase(java.util.Locale.ROOT);
        String name = first(environment.get(prefix + "_NAME"), config, role, "name");
        String email = first(environment.get(prefix + "_EMAIL"), config, role, "email");
        ZoneId zone = ZoneId.systemDefault();
        String date = environment.get(prefix + "_DATE");
        if (date == null || date.isBlank()) {
            return new PersonIdent(name, email, clock.instant(), zone);
        }
        Moment moment = parseDate(date.strip(), zone)
                .orElseThrow(() -> new StoreException(
                        "The date '" + date + "' in " + prefix + "_DATE is in no format that is known here.",
                        "Use '@<seconds> <+hhmm>', ISO 8601 or RFC 2822."));
        return new PersonIdent(name, email, moment.instant(), moment.zone());
    }

    private String first(@Nullable String fromEnvironment, GitConfiguration config, String role, String key) {
        if (fromEnvironment != null && !fromEnvironment.isBlank()) {
            return fromEnvironment;
        }
        String ofRole = config.get(role, key);
        String value = ofRole != null ? ofRole : config.get("user", key);
        if (value == null && key.equals("email")) {
            value = environment.get("EMAIL");
        }
        if (value == null || value.isBlank()) {
            throw new GitIdentityException("user." + key);
        }
        return value;
    }

    private record Moment(Instant instant, ZoneId zone) {}

    private static Optional<Moment> parseDate(String text, ZoneId zone) {
        Matcher raw = RAW_DATE.matcher(text);
        if (raw.matches() && (text.startsWith("@") || raw.group(1).length() > 8)) {
            ZoneId given =
                    raw.group(2) == null ? ZoneOffset.UTC : ZoneId.of(raw.group(2) + raw.group(3) + ":" + raw.group(4));
            return Optional.of(new Moment(Instant.ofEpochSecond(Long.parseLong(raw.group(1))), given));
        }
        return parseDate(text, zone, ISO_DATE).or(() -> parseDate(text, zone, DateTimeFormatter.RFC_1123_DATE_TIME));
    }

    private static Optional<Moment> parseDate(String text, ZoneId zone, DateTimeFormatter format) {
        try {
            var parsed = format.parseBest(text, OffsetDateTime::from, java.time.LocalDateTime::from);
            if (parsed instanceof OffsetDateTime moment) {
                return Optional.of(new Moment(moment.toInstant(), moment.getOffset()));
            }
            return Optional.of(
                    new Moment(((java.time.LocalDateTime) parsed).atZone(zone).toInstant(), zone));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
