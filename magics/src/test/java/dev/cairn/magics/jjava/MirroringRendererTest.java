package dev.cairn.magics.jjava;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;

class MirroringRendererTest {
    private final Renderer jjava = new Renderer();
    private final MirroringRenderer renderer = new MirroringRenderer(jjava);

    private record Loss(double value) {}

    @Test
    void aRegisteredTypeIsDrawnByJJavaTooWithAllItsForms() {
        renderer.createRegistration(Loss.class)
                .preferring("text/html")
                .supporting("text/plain")
                .register((loss, context) -> {
                    DisplayData data = new DisplayData();
                    data.putData("text/html", "<b>" + loss.value() + "</b>");
                    data.putData("text/plain", "" + loss.value());
                    context.getOutputContainer().assign(data);
                });

        var shown = jjava.render(new Loss(0.5));

        assertThat(shown.getData(MIMEType.TEXT_HTML)).isEqualTo("<b>0.5</b>");
        assertThat(shown.getData(MIMEType.TEXT_PLAIN)).isEqualTo("0.5");
    }

    @Test
    void jsonArrivesAsMapsWhichJJavaCanWrite() throws Exception {
        DisplayData data = new DisplayData();
        data.putData("application/vnd.vegalite.v5+json", "{\"mark\": \"line\"}");

        var shown = renderer.forJJava(data);

        assertThat(shown.getData(MIMEType.parse("application/vnd.vegalite.v5+json")))
                .isEqualTo(Map.of("mark", "line"));
    }
}
