#!/usr/bin/env bash
# Starts the shards, waits for them, and merges them. Fails as soon as a shard has failed for good.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
finished() {
    until kubectl wait --for=condition=Complete --timeout=30s "job/$1" 2>/dev/null; do
        if [ "$(kubectl get job "$1" -o 'jsonpath={.status.conditions[?(@.type=="Failed")].status}')" = True ]; then
            echo "submit: $1 has failed: kubectl describe job/$1" >&2
            return 1
        fi
    done
}
kubectl apply -f "$here/shards.yaml"
finished 'ml-training'
kubectl apply -f "$here/merge.yaml"
finished 'ml-training-merge'
