package dev.cairn.engine.reproduce;

import dev.cairn.engine.pipeline.PathState;
import dev.cairn.engine.pipeline.Stage;
import java.util.List;

/** Where a run finds what the cache has not: a remote, or the source of an import. */
public interface RemoteData {
    /** A place with nothing in it. */
    RemoteData NONE = new RemoteData() {
        @Override
        public void fetchRuns() {}

        @Override
        public void fetch(List<PathState> outputs) {}

        @Override
        public void importAgain(Stage stage) {}
    };

    /** Brings the memory of runs into the cache. */
    void fetchRuns();

    /** Brings outputs into the cache, as far as the remote has them. */
    void fetch(List<PathState> outputs);

    /** Brings imported data anew and writes down what it is. */
    void importAgain(Stage stage) throws InterruptedException;
}
