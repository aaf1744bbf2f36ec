#!/usr/bin/env bash
# Makes the shards one dataset. The folder is complete when _SUCCESS is in it.
#SBATCH --job-name=@name@-merge
#SBATCH --cpus-per-task=1
#SBATCH --mem=@memory_mb@M
#SBATCH --time=@minutes@
#SBATCH --output=@name@-merge.log
set -euo pipefail
exec gen-dataset merge '@output@'
