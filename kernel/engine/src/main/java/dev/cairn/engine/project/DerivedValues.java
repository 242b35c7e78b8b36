package dev.cairn.engine.project;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What was made of a project's files, kept from one command of a session to the next. A value of the workspace is kept with the questions
 * that were asked for it and their answers, and holds as long as they are answered the same again. Content is compared byte by byte: an
 * edit is seen whatever time stamp it got. Bounded by the bytes read; what was not used for longest goes first. Safe for several threads.
 */
final class DerivedValues {
    private static final long MAX_BYTES = 16L << 20;

    private final long maxBytes;
    private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    DerivedValues() {
        this(MAX_BYTES);
    }

    DerivedValues(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** @param tree the commit's; empty for the workspace */
    private record Key(Class<?> type, String path, String tree) {}

    private record Kept(Object value, List<Predicate<RevisionFiles>> answers, long bytes) {
        boolean holds(RevisionFiles files) {
            return answers.stream().allMatch(answer -> answer.test(files));
        }
    }

    /** The value that was made before if it holds for the files, else a new one. */
    <T> T get(Class<T> type, String path, RevisionFiles files, Function<RevisionFiles, T> reader) {
        return get(new Key(type, path, ""), type, new Observed(files, this), reader);
    }

    /**
     * The same for files that never change.
     *
     * @param tree tells them apart, with all else that their answers depend on
     */
    <T> T ofTree(Class<T> type, String path, String tree, RevisionFiles files, Function<RevisionFiles, T> reader) {
        return get(new Key(type, path, tree), type, new Observed(files, null), reader);
    }

    private <T> T get(Key key, Class<T> type, Observed observed, Function<RevisionFiles, T> reader) {
        Kept before = find(key);
        if (before != null && before.holds(observed.files)) {
            return type.cast(before.value());
        }
        T value = reader.apply(observed);
        keep(key, observed.kept(value));
        return value;
    }

    private synchronized @Nullable Kept find(Key key) {
        return kept.get(key);
    }

    private synchronized void keep(Key key, Kept value) {
        Kept before = value.bytes() > maxBytes ? kept.remove(key) : kept.put(key, value);
        bytes += (value.bytes() > maxBytes ? 0 : value.bytes()) - (before == null ? 0 : before.bytes());
        for (var oldest = kept.values().iterator(); bytes > maxBytes; ) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    /** Takes note of what a reader asks. */
    private static final class Observed implements RevisionFiles {
        /** What an answer costs that has no content. */
        private static final int SMALL = 256;

        private final RevisionFiles files;
        private final @Nullable DerivedValues values;
        private final List<Predicate<RevisionFiles>> answers = new ArrayList<>();
        private long bytes;

        /** @param values null when the files never change, so that no question needs to be asked again */
        Observed(RevisionFiles files, @Nullable DerivedValues values) {
            this.files = files;
            this.values = values;
        }

        Kept kept(Object value) {
            return new Kept(value, List.copyOf(answers), bytes);
        }

        private <A> A observe(Function<RevisionFiles, A> question) {
            A answer = question.apply(files);
            return observe(answer, SMALL, later -> question.apply(later).equals(answer));
        }

        private <A> A observe(A answer, int size, Predicate<RevisionFiles> isSame) {
            bytes += size;
            if (values != null) {
                answers.add(isSame);
            }
            return answer;
        }

        @Override
        public Optional<byte[]> read(String path) {
            Optional<byte[]> answer = files.read(path);
            byte[] content = answer.orElse(null);
            return observe(
                    answer,
                    SMALL + (content == null ? 0 : content.length),
                    later -> Arrays.equals(content, later.read(path).orElse(null)));
        }

        @Override
        public boolean isFile(String path) {
            return observe(later -> later.isFile(path));
        }

        @Override
        public boolean exists(String path) {
            return observe(later -> later.exists(path));
        }

        @Override
        public List<String> list(String directory) {
            return observe(later -> later.list(directory));
        }

        @Override
        public List<String> pipelineFiles() {
            return observe(RevisionFiles::pipelineFiles);
        }

        @Override
        public ParsingOptions parsing() {
            return observe(RevisionFiles::parsing);
        }

        /** One inside the other: what the inner one is asked for, or compared with, the outer one depends on as well. */
        @Override
        public <T> T derive(Class<T> type, String path, Function<RevisionFiles, T> reader) {
            return values == null ? reader.apply(this) : values.get(type, path, this, reader);
        }
    }
}
