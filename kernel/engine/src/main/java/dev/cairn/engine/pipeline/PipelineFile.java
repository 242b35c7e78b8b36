package dev.cairn.engine.pipeline;

import dev.cairn.engine.error.InvalidFileException;
import dev.cairn.engine.project.ProjectPath;
import dev.cairn.engine.project.RevisionFiles;
import dev.cairn.engine.yaml.YamlNode;
import dev.cairn.engine.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One dvc.yaml, checked and resolved: every {@code foreach} expanded, every {@code ${}} replaced.
 *
 * @param stages in the order of declaration
 * @param metrics top-level metrics, relative to the root
 * @param params top-level params, relative to the root
 * @param variables values out of files that references named: by file, then by dotted path
 */
record PipelineFile(
        List<Stage> stages,
        List<String> metrics,
        List<String> params,
        List<Pipeline.PlotDefinition> plots,
        Map<String, Map<String, @Nullable Object>> variables) {

    static PipelineFile read(String path, RevisionFiles files) {
        return files.derive(PipelineFile.class, path, observed -> parse(path, observed));
    }

    private static PipelineFile parse(String path, RevisionFiles files) {
        YamlNode.Mapping root = YamlReader.readMapping(path, files.read(path).orElse(new byte[0]));
        new PipelineSchema(path).check(root);
        String directory = ProjectPath.parent(path);
        StageResolver resolver = new StageResolver(path, variables(path, directory, root, files), files);
        return new PipelineFile(
                StageResolver.all(resolver, root.get("stages")),
                paths(directory, root.get("metrics").map(YamlNode::value).orElse(null)),
                paths(directory, root.get("params").map(YamlNode::value).orElse(null)),
                plots(path, root.get("plots").map(YamlNode::value).orElse(null)),
                resolver.used());
    }

    private static TemplateContext variables(
            String path, String directory, YamlNode.Mapping root, RevisionFiles files) {
        Object vars = root.get("vars").map(YamlNode::value).orElse(null);
        if (Interpolator.hasReference(vars)) {
            throw new InvalidFileException(
                    "failed to parse 'vars' in '%s': interpolating is not allowed".formatted(path),
                    "Write the values themselves below vars.");
        }
        TemplateContext context = TemplateContext.empty(files);
        try {
            context.loadDefault(directory);
            context.load(vars, directory, "");
        } catch (TemplateContext.ContextProblem e) {
            throw e.at("'vars'", path, "'vars'");
        }
        return context;
    }

    private static List<String> paths(String directory, @Nullable Object list) {
        List<String> out = new ArrayList<>();
        if (list instanceof List<?> items) {
            items.forEach(item -> out.add(ProjectPath.resolve(directory, String.valueOf(item))));
        }
        return out;
    }

    private static List<Pipeline.PlotDefinition> plots(String path, @Nullable Object plots) {
        List<Pipeline.PlotDefinition> out = new ArrayList<>();
        if (plots instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof Map<?, ?> map) {
                    map.forEach((id, properties) -> out.add(plot(path, String.valueOf(id), properties)));
                } else {
                    out.add(plot(path, String.valueOf(item), null));
                }
            }
        } else if (plots instanceof Map<?, ?> map) {
            map.forEach((id, properties) -> out.add(plot(path, String.valueOf(id), properties)));
        }
        return out;
    }

    @SuppressWarnings("unchecked") // values of a YAML mapping are maps from text
    private static Pipeline.PlotDefinition plot(String path, String id, @Nullable Object properties) {
        return new Pipeline.PlotDefinition(
                path,
                id,
                properties instanceof Map<?, ?> map ? PlotProperties.of((Map<String, ?>) map) : PlotProperties.NONE);
    }
}
