/** ZeroMQ sockets, each with a thread of its own, and the order and safety of what goes through them. Uses {@code protocol}. */
@NullMarked
package dev.cairn.jupyter.channel;

import org.jspecify.annotations.NullMarked;
