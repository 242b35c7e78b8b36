#!/bin/sh
# Counts three steps on from where it was, and asks for a checkpoint after each. A program in any language can do this: create the
# signal file, wait until it is gone. Outside a checkpoint stage nobody would answer, so it does not ask.
step=$(cat steps.txt 2>/dev/null || echo 0)
for i in 1 2 3; do
    step=$((step + 1))
    echo "$step" > steps.txt
    echo "{\"step\": $step}" > steps.json
    if [ -n "$DVC_CHECKPOINT" ]; then
        signal="$DVC_ROOT/.dvc/tmp/DVC_CHECKPOINT"
        : > "$signal"
        while [ -e "$signal" ]; do sleep 0.1; done
    fi
done
