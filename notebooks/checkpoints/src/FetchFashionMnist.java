import java.io.BufferedWriter;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Replaces the digits by pictures of clothes: the first 1,797 images of Fashion-MNIST's test set (Zalando Research, MIT license), made as
 * small as the digits, so that the pipeline runs on them unchanged.
 */
public class FetchFashionMnist {
    static final String OFFICIAL_ADDRESS = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/";
    static final Path TARGET = Path.of("data/digits/raw/digits.csv.gz");
    static final int IMAGES = 1797;
    static final int SIDE = 28;

    public static void main(String[] args) throws InterruptedException {
        try {
            Path beside = Files.createTempFile(TARGET.getParent(), "fashion", ".tmp");
            try {
                fetch(beside);
                Files.move(beside, TARGET, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
            System.out.println(TARGET + " now holds " + IMAGES + " pictures of clothes; go on with: dvc add " + TARGET);
        } catch (IOException e) {
            System.err.println("Fashion-MNIST could not be fetched from " + OFFICIAL_ADDRESS + " (" + e + ").\n"
                    + "Nothing was changed. The tutorial needs no network: go on with the digits, or try again online.");
            System.exit(1);
        }
    }

    static void fetch(Path file) throws IOException, InterruptedException {
        try (var images = open("t10k-images-idx3-ubyte.gz", 16);
                var labels = open("t10k-labels-idx1-ubyte.gz", 8);
                var out = new BufferedWriter(new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file))))) {
            for (int i = 0; i < IMAGES; i++) {
                out.write(shrink(images.readNBytes(SIDE * SIDE)) + labels.readUnsignedByte() + "\n");
            }
        }
    }

    static DataInputStream open(String name, int header) throws IOException, InterruptedException {
        var client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
        var request = HttpRequest.newBuilder(URI.create(OFFICIAL_ADDRESS + name)).timeout(Duration.ofMinutes(2)).build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IOException(name + ": the server answers " + response.statusCode());
        }
        var data = new DataInputStream(new GZIPInputStream(response.body()));
        data.skipNBytes(header);
        return data;
    }

    /** The middle 24×24 pixels, averaged by squares of 3×3, as numbers from 0 to 16 with a comma after each. */
    static String shrink(byte[] pixels) {
        var line = new StringBuilder();
        for (int y = 2; y < 26; y += 3) {
            for (int x = 2; x < 26; x += 3) {
                int sum = 0;
                for (int i = 0; i < 9; i++) {
                    sum += pixels[(y + i / 3) * SIDE + x + i % 3] & 0xff;
                }
                line.append(Math.round(sum * 16f / (9 * 255))).append(',');
            }
        }
        return line.toString();
    }
}
