package dev.cairn.store.git;

import dev.cairn.store.StoreException;
import dev.cairn.store.file.AtomicFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Packs objects that lie about one by one, when there are as many as {@code git gc --auto}, which {@code git commit} runs, would not let
 * pass; {@code gc.auto} says how many that is, and 0 never packs. No object is dropped, whether something leads to it or not, and packs
 * that are there stay as they are: that is left to Git. An object is removed only once the pack that has it is in place, so that who does
 * not find it any more finds the pack; Git, JGit and DVC's library look for new packs then.
 */
public final class LooseObjects {
    private static final int GIT_DEFAULT = 6700;
    private static final int FAN_OUT = 256;

    private final GitRepository git;
    private final Repository repository;
    private final Path objects;

    public LooseObjects(GitRepository git) {
        this.git = git;
        this.repository = git.repository();
        this.objects = repository.getCommonDirectory().toPath().resolve(Constants.OBJECTS);
    }

    /** Packs them when there are too many. Tells how many went into the pack. Costs a look at one directory when there are few. */
    public int packIfMany() {
        int most = repository.getConfig().getInt(ConfigConstants.CONFIG_GC_SECTION, "auto", GIT_DEFAULT);
        try {
            // As Git does: ids are spread evenly, so that one directory tells how full all are.
            boolean isMany = most > 0 && names(objects.resolve("17")).size() > (most + FAN_OUT - 1) / FAN_OUT;
            return isMany ? pack() : 0;
        } catch (IOException e) {
            throw StoreException.io("pack objects of '" + git.gitDir() + "'", e);
        }
    }

    private int pack() throws IOException {
        try (RevWalk walk = new RevWalk(repository);
                PackWriter writer = new PackWriter(repository, walk.getObjectReader())) {
            List<RevObject> found = readable(walk);
            writer.preparePack(found.iterator());
            place(writer);
            for (RevObject object : found) {
                Files.deleteIfExists(pathOf(object));
            }
            return found.size();
        }
    }

    /** What cannot be read stays where it is, for {@code git fsck} to find. */
    private List<RevObject> readable(RevWalk walk) throws IOException {
        List<RevObject> found = new ArrayList<>();
        for (int i = 0; i < FAN_OUT; i++) {
            String prefix = "%02x".formatted(i);
            for (String name : names(objects.resolve(prefix))) {
                read(walk, ObjectId.fromString(prefix + name)).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<RevObject> read(RevWalk walk, ObjectId id) {
        try {
            return Optional.of(walk.parseAny(id));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void place(PackWriter writer) throws IOException {
        Path directory = objects.resolve("pack");
        Files.createDirectories(directory);
        String name = "pack-" + writer.computeName().name();
        // Git itself clears away old files of this name.
        Path temporary = directory.resolve(
                "tmp_pack_" + Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, Character.MAX_RADIX));
        Path index = directory.resolve(temporary.getFileName() + "_idx");
        try {
            write(temporary, out -> writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, out));
            write(index, writer::writeIndex);
            // A pack is there when its index is.
            AtomicFiles.move(temporary, directory.resolve(name + ".pack"));
            AtomicFiles.move(index, directory.resolve(name + ".idx"));
        } finally {
            Files.deleteIfExists(temporary);
            Files.deleteIfExists(index);
        }
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes it so that it outlives a loss of power: the objects are gone afterwards. */
    private static void write(Path file, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
        file.toFile().setReadOnly();
    }

    private List<String> names(Path fanOut) throws IOException {
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(fanOut)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(fanOut)) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    if (name.length() == Constants.OBJECT_ID_STRING_LENGTH - 2 && name.matches("[0-9a-f]+")) {
                        names.add(name);
                    }
                }
            }
        }
        return names;
    }

    private Path pathOf(ObjectId id) {
        String name = id.name();
        return objects.resolve(name.substring(0, 2)).resolve(name.substring(2));
    }
}
