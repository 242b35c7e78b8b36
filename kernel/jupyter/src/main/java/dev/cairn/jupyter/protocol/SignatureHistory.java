package dev.cairn.jupyter.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers signatures that were seen, so that a message which is sent again by someone who overheard it does nothing. */
final class SignatureHistory {
    // As many as Jupyter's own client remembers.
    private static final int SIZE = 1 << 16;

    private final Map<String, Boolean> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > SIZE;
        }
    };

    /** Remembers a signature; false when it was there already. */
    synchronized boolean add(String signature) {
        return seen.put(signature, true) == null;
    }
}
