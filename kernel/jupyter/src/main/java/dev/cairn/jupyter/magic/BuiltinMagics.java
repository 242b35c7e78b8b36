package dev.cairn.jupyter.magic;

import dev.cairn.jupyter.extension.KernelContext;
import dev.cairn.jupyter.extension.KernelExtension;
import java.util.List;

/** The kernel's own magics. */
public final class BuiltinMagics implements KernelExtension {
    private final List<KernelExtension> groups;

    /** Makes them; {@code %lsmagic} lists the registry. */
    public BuiltinMagics(MagicRegistry registry) {
        groups = List.of(
                new CaptureMagic(),
                new ClassPathMagics(),
                new EnvironmentMagics(),
                new FileMagics(),
                new HelpMagics(registry),
                new HistoryMagics(),
                new MarkupMagics(),
                new ShellMagics(),
                new TimingMagics(),
                new VariableMagics());
    }

    @Override
    public void install(KernelContext kernel) {
        groups.forEach(group -> group.install(kernel));
    }
}
