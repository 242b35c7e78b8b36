package dev.cairn.store.remote;

import dev.cairn.store.hash.ContentHash;
import java.util.List;

/**
 * What a transfer did.
 *
 * @param transferred how many objects went over, directories' manifests included
 * @param manifests how many of those were manifests
 * @param missing objects that neither side has
 * @param failures objects that could not be sent or fetched
 */
public record TransferResult(
        int transferred, int manifests, List<ContentHash> missing, List<TransferFailure> failures) {
    public TransferResult {
        missing = List.copyOf(missing);
        failures = List.copyOf(failures);
    }

    /** An object that could not be transferred and why. */
    public record TransferFailure(ContentHash hash, String reason) {}

    /** The objects that could not be transferred. */
    public List<ContentHash> failed() {
        return failures.stream().map(TransferFailure::hash).toList();
    }
}
