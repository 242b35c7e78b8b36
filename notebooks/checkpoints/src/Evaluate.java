import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** Tests the model on handwriting it has never seen. It knows nothing of training: it reads layers from the model's file and applies them. */
public class Evaluate {
    public static void main(String[] args) throws IOException {
        List<Layer> layers = readLayers(Path.of("models/digits/model.bin"));
        List<String> images = Files.readAllLines(Path.of("data/digits/preprocessed/test.csv"));
        double loss = 0;
        int right = 0;
        for (String image : images) {
            String[] cells = image.split(",");
            int label = Integer.parseInt(cells[cells.length - 1]);
            double[] values = new double[cells.length - 1];
            for (int i = 0; i < values.length; i++) {
                values[i] = Double.parseDouble(cells[i]);
            }
            for (Layer layer : layers) {
                values = layer.apply(values);
            }
            loss += lossOf(values, label);
            right += isBest(values, label) ? 1 : 0;
        }

        String scores = String.format(Locale.ROOT, "{\n  \"test_loss\": %.5f,\n  \"test_accuracy\": %.5f\n}\n",
                loss / images.size(), (double) right / images.size());
        Files.writeString(Path.of("evaluation.json"), scores);
        System.out.println(right + " of " + images.size() + " images right");
    }

    /** How surprised the model is by the right answer: minus the logarithm of the probability it gave it. */
    static double lossOf(double[] values, int label) {
        double sum = 0;
        for (double value : values) {
            sum += StrictMath.exp(value - values[label]);
        }
        return StrictMath.log(sum);
    }

    static boolean isBest(double[] values, int label) {
        for (double value : values) {
            if (value > values[label]) {
                return false;
            }
        }
        return true;
    }

    interface Layer {
        double[] apply(double[] values);
    }

    static List<Layer> readLayers(Path model) throws IOException {
        List<Layer> layers = new ArrayList<>();
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(model)))) {
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                String[] shape = in.readUTF().split(" ");
                int[] sizes = new int[shape.length - 1];
                for (int s = 0; s < sizes.length; s++) {
                    sizes[s] = Integer.parseInt(shape[s + 1]);
                }
                layers.add(switch (shape[0]) {
                    case "dense" -> dense(sizes[0], sizes[1], readNumbers(in, sizes[1] * (sizes[0] + 1)));
                    case "convolution" -> convolution(sizes[0], sizes[1], sizes[2], readNumbers(in, sizes[2] * (sizes[1] * sizes[1] + 1)));
                    case "relu" -> values -> each(values, v -> Math.max(0, v));
                    case "tanh" -> values -> each(values, StrictMath::tanh);
                    case "sigmoid" -> values -> each(values, v -> 1 / (1 + StrictMath.exp(-v)));
                    case "dropout" -> values -> values;
                    default -> throw new IOException(model + " has a layer that this program does not know: " + shape[0]);
                });
            }
        }
        return layers;
    }

    static double[] readNumbers(DataInputStream in, int count) throws IOException {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = in.readDouble();
        }
        return numbers;
    }

    static Layer dense(int inputs, int outputs, double[] weights) {
        return values -> {
            double[] result = new double[outputs];
            for (int o = 0; o < outputs; o++) {
                result[o] = weights[inputs * outputs + o];
                for (int i = 0; i < inputs; i++) {
                    result[o] += weights[o * inputs + i] * values[i];
                }
            }
            return result;
        };
    }

    static Layer convolution(int side, int kernel, int filters, double[] weights) {
        int places = side - kernel + 1;
        return values -> {
            double[] result = new double[filters * places * places];
            for (int o = 0; o < result.length; o++) {
                int filter = o / (places * places);
                int corner = o / places % places * side + o % places;
                result[o] = weights[filters * kernel * kernel + filter];
                for (int w = 0; w < kernel * kernel; w++) {
                    result[o] += weights[filter * kernel * kernel + w] * values[corner + w / kernel * side + w % kernel];
                }
            }
            return result;
        };
    }

    static double[] each(double[] values, DoubleUnaryOperator function) {
        return Arrays.stream(values).map(function).toArray();
    }
}
