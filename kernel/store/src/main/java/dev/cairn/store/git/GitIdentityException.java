package dev.cairn.store.git;

import dev.cairn.store.StoreException;

/** Git does not know who makes the commit. */
public final class GitIdentityException extends StoreException {
    GitIdentityException(String missingKey) {
        super(
                "Git username and email must be configured: \"config value '" + missingKey + "' was not found\"",
                "Run git config --global user.name \"Your Name\" and git config --global user.email you@example.org.");
    }
}
