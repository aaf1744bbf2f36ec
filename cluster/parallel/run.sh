#!/usr/bin/env bash
# All shards by GNU parallel, 4 at once, and the merge behind them. Hosts beside this one, with a common folder: parallel --sshlogin.
# What was complete when it was interrupted is not made again.
set -euo pipefail
seq 0 15 | parallel --jobs 4 --retries 3 --halt soon,fail=1 \
    gen-dataset recipe 'ml-training.yaml' --output '/datasets/ml-training' --format 'parquet' --shard '{}/16' --resume --threads 2 --quiet
gen-dataset merge '/datasets/ml-training'
