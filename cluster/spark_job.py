"""Writes the readings of a recipe by a writer of Spark:

    spark-submit --py-files gen_dataset.zip spark_job.py ml-training.yaml s3a://bucket/readings --format parquet --shards 256
"""

from gen_dataset.spark.__main__ import main

main()
