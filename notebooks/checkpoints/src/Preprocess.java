import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;

/** Brings the pixels from 0..16 to 0..1, as networks like their inputs; the label stays the last column. */
public class Preprocess {
    static final double WHITE = 16;

    public static void main(String[] args) throws IOException {
        Path preprocessed = Files.createDirectories(Path.of("data/digits/preprocessed"));
        for (String name : List.of("train.csv", "test.csv")) {
            List<String> images = Files.readAllLines(Path.of("data/digits/prepared", name));
            Files.write(preprocessed.resolve(name), images.stream().map(Preprocess::normalize).toList());
            System.out.println(name + ": " + images.size() + " images");
        }
    }

    static String normalize(String line) {
        String[] cells = line.split(",");
        var normalized = new StringJoiner(",");
        for (int pixel = 0; pixel < cells.length - 1; pixel++) {
            normalized.add(Double.toString(Integer.parseInt(cells[pixel]) / WHITE));
        }
        return normalized.add(cells[cells.length - 1]).toString();
    }
}
