#!/usr/bin/env bash
# Starts the array, and the merge behind it; prints the number of the merge. The folder of the dataset is one that all nodes see.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
array=$(sbatch --parsable "$here/array.sh")
sbatch --parsable --dependency="afterok:${array%%;*}" --kill-on-invalid-dep=yes "$here/merge.sh"
