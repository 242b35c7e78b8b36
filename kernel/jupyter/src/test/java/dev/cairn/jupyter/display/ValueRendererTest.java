package dev.cairn.jupyter.display;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValueRendererTest {
    private final ValueRenderer renderer = new ValueRenderer();

    @SuppressWarnings("ArrayRecordComponent") // as users write them
    private record Run(String name, double loss, int[] sizes) {}

    private record Loud(int volume) {
        @Override
        public String toString() {
            return "LOUD " + volume;
        }
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("text", "text"),
                Arguments.of(1.5, "1.5"),
                Arguments.of(new int[] {1, 2}, "[1, 2]"),
                Arguments.of(new double[][] {{1}, {2, 3}}, "[[1.0], [2.0, 3.0]]"),
                Arguments.of(List.of(new int[] {1}, "a"), "[[1], a]"),
                Arguments.of(Map.of("k", new int[] {1}), "{k=[1]}"),
                Arguments.of(Optional.of(new int[] {1}), "Optional[[1]]"),
                Arguments.of(Optional.empty(), "Optional.empty"),
                Arguments.of(new Run("a", 0.5, new int[] {1, 2}), "Run[name=a, loss=0.5, sizes=[1, 2]]"),
                Arguments.of(new Loud(3), "LOUD 3"),
                Arguments.of(LocalDate.of(2026, 1, 2), "2026-01-02"),
                Arguments.of(Path.of("a", "b"), "a/b"),
                Arguments.of(
                        new IllegalStateException("no", new IOException("inner")),
                        "java.lang.IllegalStateException: no\nCaused by: java.io.IOException: inner"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void valuesReadAsTheirContent(Object value, String text) {
        assertThat(renderer.render(value).text()).contains(text);
    }

    @Test
    void aStreamIsNotUsedUp() {
        Stream<Integer> stream = Stream.of(1, 2);

        assertThat(renderer.render(stream).text().orElseThrow()).contains("toList()");
        assertThat(stream.toList()).containsExactly(1, 2);
    }

    @Test
    void whatHoldsItselfEnds() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("self", map);

        assertThat(renderer.render(list).text().orElseThrow()).startsWith("[[[").contains("…");
        assertThat(renderer.render(map).text().orElseThrow()).startsWith("{self={self=");
    }

    @Test
    void longCollectionsAreCutWithTheirCount() {
        List<Integer> endless = new AbstractList<>() {
            @Override
            public Integer get(int index) {
                return index;
            }

            @Override
            public int size() {
                return 1_000_000_000;
            }
        };
        String array = renderer.render(new int[200_000]).text().orElseThrow();
        String list =
                renderer.render(List.copyOf(endless.subList(0, 200_000))).text().orElseThrow();

        assertThat(array).hasSizeLessThan(10_000).endsWith("… (200000 elements)]");
        assertThat(list).startsWith("[0, 1, 2").endsWith("999, … (200000 elements)]");
    }

    @Test
    void recordsAreATableOfTheFirstRowsAndTheCount() {
        List<Run> runs = IntStream.range(0, 200_000)
                .mapToObj(i -> new Run("<b>run|" + i, i / 2.0, new int[] {i}))
                .toList();

        MimeBundle table = renderer.render(runs);

        String html = table.data().get("text/html").getAsString();
        String text = table.text().orElseThrow();
        String markdown = table.data().get("text/markdown").getAsString();
        assertThat(html)
                .contains("<th style=\"text-align:left\">name</th>", "<td style=\"text-align:right\">9.5</td>")
                .contains("&lt;b&gt;run|19", "20 of 200,000 rows")
                .doesNotContain("<b>", "run|20", "color");
        assertThat(html.split("<tr>")).hasSize(22);
        assertThat(text.lines().toList().get(0)).matches("name +loss +sizes");
        assertThat(text.lines().toList().get(2)).matches("<b>run\\|0 +0\\.0 +\\[0]");
        assertThat(markdown)
                .startsWith("| name | loss | sizes |\n| --- | ---: | --- |\n")
                .contains("run\\|0 | 0.0");
    }

    @Test
    void mapsWithDifferentKeysAreATableOfAllTheirKeys() {
        Map<String, Object> first = new LinkedHashMap<>();
        first.put("epoch", 1);
        first.put("note", null);

        MimeBundle table = renderer.render(List.of(first, Map.of("loss", 0.25)));

        assertThat(table.text().orElseThrow().lines().map(String::strip))
                .containsExactly("epoch  note  loss", "─────  ────  ────", "1", "0.25");
    }

    @Test
    void oneMapIsATableOfItsEntries() {
        MimeBundle table = renderer.render(Map.of("a<", 1));

        assertThat(table.text()).contains("{a<=1}");
        assertThat(table.data().get("text/html").getAsString()).contains("<td style=\"text-align:left\">a&lt;</td>");
    }

    @Test
    void aRegisteredRendererComesFirst() {
        renderer.renderer().createRegistration(List.class).register((list, context) -> context.getOutputContainer()
                .putText("my own"));

        assertThat(renderer.render(List.of(Map.of("a", 1))).text()).contains("my own");
    }

    @Test
    void jsonIsSentAsAnObject() {
        MimeBundle bundle = renderer.render(JsonParser.parseString("{\"a\": [1, null]}"));

        assertThat(bundle.data().get("application/json").getAsJsonObject().has("a"))
                .isTrue();
        assertThat(bundle.text().orElseThrow()).contains("\"a\": [");
    }

    @Test
    void onlyAddressesOfTheWebBecomeLinks() {
        assertThat(renderer.render(URI.create("https://example.org/?a=1&b=2"))
                        .data()
                        .get("text/html")
                        .getAsString())
                .isEqualTo("<a href=\"https://example.org/?a=1&amp;b=2\">https://example.org/?a=1&amp;b=2</a>");
        assertThat(renderer.render(URI.create("javascript:alert(1)")).data().keySet())
                .containsExactly("text/plain");
    }

    @Test
    void imagesAndWhatPaintsItselfArePictures() throws IOException {
        assertThat(picture(renderer.render(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB)))
                        .getWidth())
                .isEqualTo(3);

        MimeBundle painted = renderer.render(new Blue());

        assertThat(painted.text()).contains("Blue, 4 × 5 pixels");
        assertThat(picture(painted).getRGB(1, 1)).isEqualTo(Color.BLUE.getRGB());
    }

    @Test
    void oneFormCanBeAskedFor() {
        assertThat(renderer.renderAs("<i>x</i>", "text/html")
                        .data()
                        .get("text/html")
                        .getAsString())
                .isEqualTo("<i>x</i>");
        assertThat(renderer.renderAs(List.of(Map.of("a", 1)), "text/html")
                        .data()
                        .keySet())
                .containsExactly("text/html");
        assertThat(renderer.renderAs(1.5, "text/markdown")
                        .data()
                        .get("text/markdown")
                        .getAsString())
                .isEqualTo("1.5");
    }

    private static BufferedImage picture(MimeBundle bundle) throws IOException {
        byte[] png = Base64.getDecoder().decode(bundle.data().get("image/png").getAsString());
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    /** Has what charts have. */
    public static final class Blue {
        public int getWidth() {
            return 4;
        }

        public int getHeight() {
            return 5;
        }

        public void paint(Graphics2D graphics, int width, int height) {
            graphics.setColor(Color.BLUE);
            graphics.fillRect(0, 0, width, height);
        }
    }
}
