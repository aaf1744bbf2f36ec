#!/usr/bin/env bash
# One shard for each task of the array. One that is started again goes on where it was, and one that is complete is left as it is.
#SBATCH --job-name=@name@
#SBATCH --array=0-@last@
#SBATCH --cpus-per-task=@cpus@
#SBATCH --mem=@memory_mb@M
#SBATCH --time=@minutes@
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=@name@-%a.log
set -euo pipefail
exec gen-dataset recipe '@recipe@' --output '@output@' --format '@format@' --shard "$SLURM_ARRAY_TASK_ID/@shards@" --resume \
    --threads "$SLURM_CPUS_PER_TASK" --quiet
