package dev.cairn.jupyter.session;

import java.util.Map;

/**
 * A cell to run.
 *
 * @param code its source
 * @param isSilent whether nothing is to be shown, counted or stored
 * @param storesHistory whether it counts as one of the session's cells
 * @param allowsInput whether the user can be asked for a line
 * @param userExpressions expressions to evaluate once the cell has succeeded, by a name of the asker's
 */
public record ExecuteRequest(
        String code,
        boolean isSilent,
        boolean storesHistory,
        boolean allowsInput,
        Map<String, String> userExpressions) {
    public ExecuteRequest {
        storesHistory = storesHistory && !isSilent;
        userExpressions = Map.copyOf(userExpressions);
    }

    /** A plain cell. */
    public static ExecuteRequest of(String code) {
        return new ExecuteRequest(code, false, true, false, Map.of());
    }
}
