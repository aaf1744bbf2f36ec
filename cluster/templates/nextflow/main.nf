// One shard for each number, and the merge behind them; the folder of the dataset is one that all nodes see.
nextflow.enable.dsl = 2

process shard {
    cpus @cpus@
    memory '@memory_mb@ MB'
    time '@minutes@ min'
    errorStrategy 'retry'
    maxRetries 3

    input:
    val index

    output:
    val index

    script:
    """
    gen-dataset recipe '@recipe@' --output '@output@' --format '@format@' --shard ${index}/@shards@ --resume --threads ${task.cpus} --quiet
    """
}

process merge {
    cpus 1
    memory '@memory_mb@ MB'
    errorStrategy 'retry'
    maxRetries 3

    input:
    val indices

    script:
    """
    gen-dataset merge '@output@'
    """
}

workflow {
    merge(shard(Channel.of(0..@last@)).collect())
}
