import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Trains a network to read digits. If there is a model already, training goes on from it: the file holds the weights, the optimizer's
 * state and the history, so ten runs of one epoch give the same model as one run of ten, and on every machine (hence StrictMath).
 */
public class Train {
    static final Path MODEL = Path.of("models/digits/model.bin");

    public static void main(String[] args) throws IOException {
        Map<String, String> params = readParams(Path.of("params.yaml"));
        int epochs = Integer.parseInt(params.get("train.epochs"));
        int batchSize = Integer.parseInt(params.get("train.batch_size"));
        long seed = Long.parseLong(params.get("train.seed"));

        List<Image> images = Image.read(Path.of("data/digits/preprocessed/train.csv"));
        int held = (int) (images.size() * Double.parseDouble(params.get("train.validation_split")));
        List<Image> training = images.subList(0, images.size() - held);
        List<Image> validation = images.subList(images.size() - held, images.size());

        Network network = Network.design(params, new Random(seed));
        if (Files.exists(MODEL)) {
            network.load(MODEL);
        }
        for (int i = 0; i < epochs; i++) {
            int epoch = network.history.size() + 1;
            Score seen = network.train(training, batchSize, new Random(seed * 1000 + epoch));
            Score unseen = network.score(validation);
            network.history.add(String.format(Locale.ROOT, "%d,%.5f,%.5f,%.5f,%.5f",
                    epoch, seen.loss, seen.accuracy, unseen.loss, unseen.accuracy));
            System.out.printf(Locale.ROOT, "epoch %d: loss %.4f, val_loss %.4f%n", epoch, seen.loss, unseen.loss);

            network.save(MODEL);
            writeReports(network.history);
        }
    }

    /** logs.csv has a row for each epoch, metrics.json the last one. */
    static void writeReports(List<String> history) throws IOException {
        String header = "epoch,loss,accuracy,val_loss,val_accuracy";
        Files.writeString(Path.of("logs.csv"), header + "\n" + String.join("\n", history) + "\n");

        String[] names = header.split(",");
        String[] values = history.get(history.size() - 1).split(",");
        List<String> members = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            members.add("  \"" + names[i] + "\": " + values[i]);
        }
        Files.writeString(Path.of("metrics.json"), "{\n" + String.join(",\n", members) + "\n}\n");
    }

    /** Reads YAML of plain values, two spaces a level, as "train.epochs" -> "10". */
    static Map<String, String> readParams(Path file) throws IOException {
        Map<String, String> params = new HashMap<>();
        List<String> path = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String text = line.replaceAll("(^|\\s)#.*", "").stripTrailing();
            if (!text.isBlank()) {
                String[] entry = text.strip().split(":\\s*", 2);
                path.subList(text.indexOf(entry[0]) / 2, path.size()).clear();
                path.add(entry[0]);
                params.put(String.join(".", path), entry[1]);
            }
        }
        return params;
    }

    record Score(double loss, double accuracy) {}

    record Image(double[] pixels, int label) {
        static List<Image> read(Path csv) throws IOException {
            List<Image> images = new ArrayList<>();
            for (String line : Files.readAllLines(csv)) {
                String[] cells = line.split(",");
                double[] pixels = new double[cells.length - 1];
                for (int i = 0; i < pixels.length; i++) {
                    pixels[i] = Double.parseDouble(cells[i]);
                }
                images.add(new Image(pixels, Integer.parseInt(cells[pixels.length])));
            }
            return images;
        }
    }

    /** Layers one after another. The last gives a number for each digit, and softmax makes probabilities of them. */
    static class Network {
        final List<Layer> layers;
        final Optimizer optimizer;
        final List<String> history = new ArrayList<>();

        Network(Optimizer optimizer, Layer... layers) {
            this.layers = List.of(layers);
            this.optimizer = optimizer;
        }

        static Network design(Map<String, String> params, Random random) {
            var optimizer = new Optimizer(params.get("model.optimizer"));
            if (params.get("model.name").equals("cnn")) {
                int filters = Integer.parseInt(params.get("model.cnn.conv_units"));
                int kernel = Integer.parseInt(params.get("model.cnn.conv_kernel_size"));
                int units = Integer.parseInt(params.get("model.cnn.dense_units"));
                var convolution = new Convolution(8, kernel, filters, random);
                return new Network(optimizer,
                        convolution,
                        new Activation("relu"),
                        new Dropout(Double.parseDouble(params.get("model.cnn.dropout"))),
                        new Dense(convolution.outputs(), units, random),
                        new Activation("relu"),
                        new Dense(units, 10, random));
            }
            int units = Integer.parseInt(params.get("model.mlp.units"));
            return new Network(optimizer,
                    new Dense(64, units, random),
                    new Activation(params.get("model.mlp.activation")),
                    new Dense(units, 10, random));
        }

        Score train(List<Image> images, int batchSize, Random random) {
            List<Image> shuffled = new ArrayList<>(images);
            Collections.shuffle(shuffled, random);
            double loss = 0;
            int right = 0;
            for (int start = 0; start < shuffled.size(); start += batchSize) {
                List<Image> batch = shuffled.subList(start, Math.min(start + batchSize, shuffled.size()));
                for (Image image : batch) {
                    double[] gradient = probabilities(image, random);
                    loss -= StrictMath.log(gradient[image.label]);
                    right += best(gradient) == image.label ? 1 : 0;
                    gradient[image.label] -= 1;
                    for (int i = layers.size() - 1; i >= 0; i--) {
                        gradient = layers.get(i).backward(gradient);
                    }
                }
                optimizer.step(layers, batch.size());
            }
            return new Score(loss / images.size(), (double) right / images.size());
        }

        Score score(List<Image> images) {
            double loss = 0;
            int right = 0;
            for (Image image : images) {
                double[] probabilities = probabilities(image, null);
                loss -= StrictMath.log(probabilities[image.label]);
                right += best(probabilities) == image.label ? 1 : 0;
            }
            return new Score(loss / images.size(), (double) right / images.size());
        }

        double[] probabilities(Image image, Random training) {
            double[] values = image.pixels;
            for (Layer layer : layers) {
                values = layer.forward(values, training);
            }
            double max = values[best(values)];
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                values[i] = StrictMath.exp(values[i] - max);
                sum += values[i];
            }
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.max(values[i] / sum, 1e-12);
            }
            return values;
        }

        static int best(double[] values) {
            int best = 0;
            for (int i = 1; i < values.length; i++) {
                best = values[i] > values[best] ? i : best;
            }
            return best;
        }

        /** The layers come first, so that a program that only wants to use the model need not read on. */
        void save(Path file) throws IOException {
            Files.createDirectories(file.getParent());
            Path beside = file.resolveSibling("model.tmp");
            try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(beside)))) {
                out.writeInt(layers.size());
                for (Layer layer : layers) {
                    out.writeUTF(layer.shape());
                    layer.weights().write(out, layer.weights().values);
                }
                out.writeUTF(String.join("\n", history));
                out.writeUTF(optimizer.name);
                out.writeInt(optimizer.steps);
                for (Layer layer : layers) {
                    layer.weights().write(out, layer.weights().mean);
                    layer.weights().write(out, layer.weights().variance);
                }
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        }

        void load(Path file) throws IOException {
            try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
                int count = in.readInt();
                for (int i = 0; i < count; i++) {
                    String shape = in.readUTF();
                    if (count != layers.size() || !isSameShape(shape, layers.get(i).shape())) {
                        throw new IllegalStateException(file + " was trained as another network (" + shape + " as layer " + (i + 1)
                                + "). Bring back the params it was trained with, or start anew: exp run --reset");
                    }
                    layers.get(i).weights().read(in, layers.get(i).weights().values);
                }
                history.addAll(List.of(in.readUTF().split("\n")));
                System.out.println("going on after epoch " + history.size());
                if (!in.readUTF().equals(optimizer.name)) {
                    return; // another optimizer begins without a memory
                }
                optimizer.steps = in.readInt();
                for (Layer layer : layers) {
                    layer.weights().read(in, layer.weights().mean);
                    layer.weights().read(in, layer.weights().variance);
                }
            }
        }

        /** Dropout and activation may change from run to run: they have no weights. */
        static boolean isSameShape(String shape, String other) {
            return shape.equals(other) || !(shape + other).matches(".*(dense|convolution).*");
        }
    }

    /** The numbers a layer learns, with what the optimizer keeps about each. */
    static class Weights {
        final double[] values;
        final double[] gradient;
        final double[] mean;
        final double[] variance;

        Weights(int count) {
            values = new double[count];
            gradient = new double[count];
            mean = new double[count];
            variance = new double[count];
        }

        /** Uniform, the narrower the more inputs there are (He's rule); biases are left at 0. */
        static Weights random(int count, int biases, int inputs, Random random) {
            var weights = new Weights(count + biases);
            double bound = Math.sqrt(6.0 / inputs);
            for (int i = 0; i < count; i++) {
                weights.values[i] = (2 * random.nextDouble() - 1) * bound;
            }
            return weights;
        }

        void write(DataOutputStream out, double[] numbers) throws IOException {
            for (double number : numbers) {
                out.writeDouble(number);
            }
        }

        void read(DataInputStream in, double[] numbers) throws IOException {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = in.readDouble();
            }
        }
    }

    /** Moves the weights against their gradient: "sgd" by plain steps, "adam" by steps that fit each weight. */
    static class Optimizer {
        static final double LEARNING_RATE = 0.01;

        final String name;
        int steps;

        Optimizer(String name) {
            this.name = name;
        }

        void step(List<Layer> layers, int batchSize) {
            steps++;
            double rate = LEARNING_RATE * Math.sqrt(1 - StrictMath.pow(0.999, steps)) / (1 - StrictMath.pow(0.9, steps));
            for (Layer layer : layers) {
                Weights w = layer.weights();
                for (int i = 0; i < w.values.length; i++) {
                    double gradient = w.gradient[i] / batchSize;
                    w.gradient[i] = 0;
                    if (name.equals("sgd")) {
                        w.values[i] -= LEARNING_RATE * gradient;
                    } else {
                        w.mean[i] += 0.1 * (gradient - w.mean[i]);
                        w.variance[i] += 0.001 * (gradient * gradient - w.variance[i]);
                        w.values[i] -= rate * w.mean[i] / (Math.sqrt(w.variance[i]) + 1e-7);
                    }
                }
            }
        }
    }

    /** One step of the computation, and back. backward() belongs to the forward() before it and adds to the gradient of the weights. */
    interface Layer {
        Weights NONE = new Weights(0);

        /** training is the source of randomness while training, and null otherwise. */
        double[] forward(double[] inputs, Random training);

        double[] backward(double[] gradient);

        String shape();

        default Weights weights() {
            return NONE;
        }
    }

    static class Dense implements Layer {
        final int inputs;
        final int outputs;
        final Weights weights;
        double[] seen;

        Dense(int inputs, int outputs, Random random) {
            this.inputs = inputs;
            this.outputs = outputs;
            this.weights = Weights.random(inputs * outputs, outputs, inputs, random);
        }

        @Override
        public double[] forward(double[] in, Random training) {
            seen = in;
            double[] out = new double[outputs];
            for (int o = 0; o < outputs; o++) {
                double sum = weights.values[inputs * outputs + o];
                for (int i = 0; i < inputs; i++) {
                    sum += weights.values[o * inputs + i] * in[i];
                }
                out[o] = sum;
            }
            return out;
        }

        @Override
        public double[] backward(double[] gradient) {
            double[] back = new double[inputs];
            for (int o = 0; o < outputs; o++) {
                weights.gradient[inputs * outputs + o] += gradient[o];
                for (int i = 0; i < inputs; i++) {
                    weights.gradient[o * inputs + i] += gradient[o] * seen[i];
                    back[i] += gradient[o] * weights.values[o * inputs + i];
                }
            }
            return back;
        }

        @Override
        public String shape() {
            return "dense " + inputs + " " + outputs;
        }

        @Override
        public Weights weights() {
            return weights;
        }
    }

    /** Square filters that slide over a square image. */
    static class Convolution implements Layer {
        final int side;
        final int kernel;
        final int filters;
        final Weights weights;
        double[] seen;

        Convolution(int side, int kernel, int filters, Random random) {
            this.side = side;
            this.kernel = kernel;
            this.filters = filters;
            this.weights = Weights.random(filters * kernel * kernel, filters, kernel * kernel, random);
        }

        int outputs() {
            return filters * places() * places();
        }

        int places() {
            return side - kernel + 1;
        }

        @Override
        public double[] forward(double[] in, Random training) {
            seen = in;
            double[] out = new double[outputs()];
            slide((place, weight, pixel) -> out[place] += weights.values[weight] * in[pixel]);
            for (int o = 0; o < out.length; o++) {
                out[o] += weights.values[filters * kernel * kernel + o / (places() * places())];
            }
            return out;
        }

        @Override
        public double[] backward(double[] gradient) {
            slide((place, weight, pixel) -> weights.gradient[weight] += gradient[place] * seen[pixel]);
            for (int o = 0; o < gradient.length; o++) {
                weights.gradient[filters * kernel * kernel + o / (places() * places())] += gradient[o];
            }
            return new double[0]; // it is the first layer: nobody asks for the gradient of the pixels
        }

        interface Visitor {
            void visit(int place, int weight, int pixel);
        }

        /** Visits every pixel under every place of every filter. */
        void slide(Visitor visitor) {
            for (int place = 0; place < outputs(); place++) {
                int filter = place / (places() * places());
                int corner = place / places() % places() * side + place % places();
                for (int w = 0; w < kernel * kernel; w++) {
                    visitor.visit(place, filter * kernel * kernel + w, corner + w / kernel * side + w % kernel);
                }
            }
        }

        @Override
        public String shape() {
            return "convolution " + side + " " + kernel + " " + filters;
        }

        @Override
        public Weights weights() {
            return weights;
        }
    }

    static class Activation implements Layer {
        final String name;
        double[] result;

        Activation(String name) {
            this.name = name;
        }

        @Override
        public double[] forward(double[] in, Random training) {
            result = new double[in.length];
            for (int i = 0; i < in.length; i++) {
                result[i] = switch (name) {
                    case "relu" -> Math.max(0, in[i]);
                    case "tanh" -> StrictMath.tanh(in[i]);
                    case "sigmoid" -> 1 / (1 + StrictMath.exp(-in[i]));
                    default -> throw new IllegalArgumentException("unknown activation '" + name + "': use relu, tanh or sigmoid");
                };
            }
            return result.clone();
        }

        @Override
        public double[] backward(double[] gradient) {
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= switch (name) {
                    case "relu" -> result[i] > 0 ? 1 : 0;
                    case "tanh" -> 1 - result[i] * result[i];
                    default -> result[i] * (1 - result[i]);
                };
            }
            return gradient;
        }

        @Override
        public String shape() {
            return name;
        }
    }

    /** While training, silences a share of the values by chance, so that the network cannot lean on a few of them. */
    static class Dropout implements Layer {
        final double share;
        boolean[] silenced;

        Dropout(double share) {
            this.share = share;
        }

        @Override
        public double[] forward(double[] in, Random training) {
            if (training == null) {
                return in;
            }
            silenced = new boolean[in.length];
            for (int i = 0; i < in.length; i++) {
                silenced[i] = training.nextDouble() < share;
                in[i] = silenced[i] ? 0 : in[i] / (1 - share);
            }
            return in;
        }

        @Override
        public double[] backward(double[] gradient) {
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = silenced[i] ? 0 : gradient[i] / (1 - share);
            }
            return gradient;
        }

        @Override
        public String shape() {
            return "dropout";
        }
    }
}
