package dev.cairn.store.git;

import java.time.Instant;
import org.eclipse.jgit.lib.ObjectId;

/** One entry of a reflog: where the ref was moved to, when, and the message. */
public record ReflogLine(ObjectId id, Instant time, String message) {}
