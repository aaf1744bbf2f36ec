#!/usr/bin/env bash
# Makes the shards one dataset. The folder is complete when _SUCCESS is in it.
#SBATCH --job-name=ml-training-merge
#SBATCH --cpus-per-task=1
#SBATCH --mem=2048M
#SBATCH --time=60
#SBATCH --output=ml-training-merge.log
set -euo pipefail
exec gen-dataset merge '/datasets/ml-training'
