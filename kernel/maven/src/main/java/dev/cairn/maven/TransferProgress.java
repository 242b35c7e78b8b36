package dev.cairn.maven;

import dev.cairn.jupyter.maven.DependencyResolver.Progress;
import java.util.Locale;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferCancelledException;
import org.eclipse.aether.transfer.TransferEvent;

/** Tells what is being fetched; ends it when the cell is interrupted. */
final class TransferProgress extends AbstractTransferListener {
    private final Progress progress;
    private final Thread caller;

    TransferProgress(Progress progress, Thread caller) {
        this.progress = progress;
        this.caller = caller;
    }

    @Override
    public void transferInitiated(TransferEvent event) throws TransferCancelledException {
        progressed(event);
    }

    @Override
    public void transferProgressed(TransferEvent event) throws TransferCancelledException {
        progressed(event);
    }

    private void progressed(TransferEvent event) throws TransferCancelledException {
        if (caller.isInterrupted()) {
            throw new TransferCancelledException("The cell was interrupted");
        }
        var resource = event.getResource();
        String name = resource.getResourceName();
        String size = resource.getContentLength() > 0
                ? String.format(
                        Locale.ROOT,
                        ", %d of %d kB",
                        event.getTransferredBytes() / 1000,
                        resource.getContentLength() / 1000)
                : "";
        progress.report(
                "Fetching " + name.substring(name.lastIndexOf('/') + 1) + " from " + resource.getRepositoryId() + size);
    }
}
