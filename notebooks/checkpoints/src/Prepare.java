import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Splits the raw data: the first 600 images are for training, the others for testing. They are in the order of the people who wrote
 * the digits, so the model is tested on handwriting it has not seen.
 */
public class Prepare {
    static final int TRAINING_IMAGES = 600;

    public static void main(String[] args) throws IOException {
        List<String> lines;
        try (var raw = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Path.of("data/digits/raw/digits.csv.gz")))))) {
            lines = raw.lines().toList();
        }

        Path prepared = Files.createDirectories(Path.of("data/digits/prepared"));
        Files.write(prepared.resolve("train.csv"), lines.subList(0, TRAINING_IMAGES));
        Files.write(prepared.resolve("test.csv"), lines.subList(TRAINING_IMAGES, lines.size()));
        System.out.println(lines.size() + " images: " + TRAINING_IMAGES + " to train, "
                + (lines.size() - TRAINING_IMAGES) + " to test");
    }
}
