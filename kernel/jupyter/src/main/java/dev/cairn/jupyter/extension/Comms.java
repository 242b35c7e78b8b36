package dev.cairn.jupyter.extension;

/** The comms of a session. May be used from any thread. */
public interface Comms {
    /** Lets front ends open comms for a target; a later registration of the same name replaces the earlier. */
    void register(String target, CommTarget server);

    /** Takes no more comms for the target; those that are open stay so. */
    void unregister(String target);

    /** Opens a comm to the front end, which closes it when it does not know the target. */
    Comm open(String target, CommMessage message);
}
