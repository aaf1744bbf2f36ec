#!/usr/bin/env bash
# All shards by GNU parallel, @parallel@ at once, and the merge behind them. Hosts beside this one, with a common folder: parallel --sshlogin.
# What was complete when it was interrupted is not made again.
set -euo pipefail
seq 0 @last@ | parallel --jobs @parallel@ --retries 3 --halt soon,fail=1 \
    gen-dataset recipe '@recipe@' --output '@output@' --format '@format@' --shard '{}/@shards@' --resume --threads @cpus@ --quiet
gen-dataset merge '@output@'
