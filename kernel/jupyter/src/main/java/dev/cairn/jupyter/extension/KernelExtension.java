package dev.cairn.jupyter.extension;

/**
 * Adds magics, renderers and imports to the kernel. A jar names its implementation in
 * {@code META-INF/services/dev.cairn.jupyter.extension.KernelExtension}; it needs a public constructor without arguments.
 *
 * <p>{@link #install} is called once a session, before its first cell. It should register and return: whatever is slow to
 * load belongs into the magic's first call, because the user's first cell waits for it.
 */
@FunctionalInterface
public interface KernelExtension {
    /** Registers what this extension brings. */
    void install(KernelContext kernel);
}
