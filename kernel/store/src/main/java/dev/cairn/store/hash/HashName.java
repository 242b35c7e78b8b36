package dev.cairn.store.hash;

/** The ways DVC names content. */
public enum HashName {
    /** DVC 2.x: MD5, of text files with each CRLF folded to LF. */
    MD5_DOS2UNIX,
    /** DVC 3: MD5 of the bytes as they are. */
    MD5
}
