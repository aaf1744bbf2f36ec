"""Whether cluster/object_store.py makes the dataset of one machine in an object store: moto's server, on 127.0.0.1."""

import json
import logging
import os
import pathlib
import subprocess
import sys

import boto3
import truth
from moto.server import ThreadedMotoServer

SCRIPT = pathlib.Path(os.environ["ROOT"], "cluster/object_store.py")
ADDRESS = "s3://bucket/data/engines"


def run(*command, status=0):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    assert done.returncode == status, f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stderr


def main():
    recipe, _ = truth.write()
    run("gen-dataset", "recipe", recipe, "-o", "whole", "--format", "parquet,csv", "--quiet")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    os.environ |= {
        "AWS_ENDPOINT_URL": "http://{}:{}".format(*server.get_host_and_port()), "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": "us-east-1",
    }
    client = boto3.client("s3")
    client.create_bucket(Bucket="bucket")
    for index in (2, 0, 1):
        run(sys.executable, SCRIPT, "shard", ADDRESS, recipe, f"{index}/4", "--format", "parquet,csv")
    assert "missing: 3" in run(sys.executable, SCRIPT, "merge", ADDRESS, status=76)
    last = lambda key: client.head_object(Bucket="bucket", Key=key)["LastModified"]
    run(sys.executable, SCRIPT, "shard", ADDRESS, recipe, "3/4", "--format", "parquet,csv")
    part = "data/engines/readings.parquet/part-00001-of-00004.parquet"
    kept = client.get_object(Bucket="bucket", Key=part)["Body"].read()
    client.put_object(Bucket="bucket", Key=part, Body=kept[:-1] + b"?", ChecksumAlgorithm="SHA256")
    assert "part-00001-of-00004.parquet is not what shard-00001.json says" in run(sys.executable, SCRIPT, "merge", ADDRESS, status=1)
    client.put_object(Bucket="bucket", Key=part, Body=kept, ChecksumAlgorithm="SHA256")
    before = last(part)
    # A task that is started again leaves what is there.
    run(sys.executable, SCRIPT, "shard", ADDRESS, recipe, "1/4", "--format", "parquet,csv")
    assert last(part) == before
    for _ in range(2):
        run(sys.executable, SCRIPT, "merge", ADDRESS)
    keys = [entry["Key"] for entry in client.list_objects_v2(Bucket="bucket")["Contents"]]
    for key in keys:
        path = pathlib.Path("fetched", key)
        path.parent.mkdir(parents=True, exist_ok=True)
        client.download_file("bucket", key, str(path))
    run("gen-dataset", "verify", "fetched/data/engines", "--quiet")
    ours, theirs = (json.loads(pathlib.Path(folder, "manifest.json").read_text()) for folder in ("fetched/data/engines", "whole"))
    assert ours["content_sha256"] == theirs["content_sha256"] and not [key for key in keys if "shard-" in key]
    server.stop()
    print(f"objects: {ours['rows']:,} rows in {len(keys)} objects, {ours['content_sha256'][:12]}")


main()
