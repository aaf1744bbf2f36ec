#!/usr/bin/env bash
# One shard for each task of the array. One that is started again goes on where it was, and one that is complete is left as it is.
#SBATCH --job-name=ml-training
#SBATCH --array=0-15
#SBATCH --cpus-per-task=2
#SBATCH --mem=2048M
#SBATCH --time=60
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=ml-training-%a.log
set -euo pipefail
exec gen-dataset recipe 'ml-training.yaml' --output '/datasets/ml-training' --format 'parquet' --shard "$SLURM_ARRAY_TASK_ID/16" --resume \
    --threads "$SLURM_CPUS_PER_TASK" --quiet
