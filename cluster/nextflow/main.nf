// One shard for each number, and the merge behind them; the folder of the dataset is one that all nodes see.
nextflow.enable.dsl = 2

process shard {
    cpus 2
    memory '2048 MB'
    time '60 min'
    errorStrategy 'retry'
    maxRetries 3

    input:
    val index

    output:
    val index

    script:
    """
    gen-dataset recipe 'ml-training.yaml' --output '/datasets/ml-training' --format 'parquet' --shard ${index}/16 --resume --threads ${task.cpus} --quiet
    """
}

process merge {
    cpus 1
    memory '2048 MB'
    errorStrategy 'retry'
    maxRetries 3

    input:
    val indices

    script:
    """
    gen-dataset merge '/datasets/ml-training'
    """
}

workflow {
    merge(shard(Channel.of(0..15)).collect())
}
