#!/usr/bin/env python3
"""A dataset in an object store that speaks S3, without a mount, without a rename, and without reading what was uploaded.

    object_store.py shard s3://bucket/ml-training RECIPE I/N [options of gen-dataset recipe]    one shard; a task each
    object_store.py merge s3://bucket/ml-training                                               when all are there

A task makes its shard in a temporary folder and puts each file with its SHA-256, which the store checks and keeps. The record of the shard
comes last, so that what has one is whole; a task that is started again finds it and has nothing to do. `merge` compares size and
SHA-256 of every object with the records, lets `gen-dataset merge` write manifest, digests, events and sensors, and puts those, `_SUCCESS`
last. Needs boto3; credentials, region and `AWS_ENDPOINT_URL` are those of AWS's own tools. Files up to 5 GB, which is the longest
object that is put at once: choose as many shards.
"""

import argparse
import base64
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import boto3
from botocore.exceptions import ClientError

SUCCESS = "_SUCCESS"


class Place:
    """Where a dataset is: a bucket, and what the keys of its objects begin with."""

    def __init__(self, address):
        match = re.fullmatch(r"s3://([^/]+)/(.+?)/*", address)
        if not match:
            raise argparse.ArgumentTypeError(f"{address}: write s3://BUCKET/FOLDER")
        self.bucket, self.folder = match.groups()
        self.client = boto3.client("s3")

    def key(self, name):
        return f"{self.folder}/{name}"

    def put(self, path, name, sha256=None):
        """Puts a file; the store refuses it if what arrives has another digest."""
        digest = base64.b64encode(bytes.fromhex(sha256 or sha256_of(path))).decode()
        with open(path, "rb") as file:
            self.client.put_object(Bucket=self.bucket, Key=self.key(name), Body=file, ChecksumAlgorithm="SHA256", ChecksumSHA256=digest)

    def digest(self, name):
        """Size and SHA-256 of an object as the store has checked it; None if it is not there."""
        try:
            head = self.client.head_object(Bucket=self.bucket, Key=self.key(name), ChecksumMode="ENABLED")
        except ClientError as error:
            if error.response["Error"]["Code"] in ("404", "NoSuchKey"):
                return None
            raise
        return head["ContentLength"], base64.b64decode(head.get("ChecksumSHA256", "")).hex()

    def names(self, beginning):
        """Names of objects that begin so."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.key(beginning))
        return [entry["Key"][len(self.folder) + 1 :] for page in pages for entry in page.get("Contents", [])]

    def get(self, name, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self.client.download_file(self.bucket, self.key(name), str(path))


def sha256_of(path):
    return subprocess.run(["sha256sum", "--", path], check=True, capture_output=True, text=True).stdout.split()[0].lstrip("\\")


def shard(place, told):
    index = told.shard.partition("/")[0]
    record = f"shard-{int(index):05}.json"
    if place.digest(record):
        return
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder, "dataset")
        subprocess.run(["gen-dataset", "recipe", *told.options, "-o", folder, "--shard", told.shard, "--quiet", "--", told.recipe], check=True, stdout=subprocess.DEVNULL)
        for file in json.loads((folder / record).read_text())["files"]:
            place.put(folder / file["path"], file["path"], file["sha256"])
        place.put(folder / "recipe.yaml", "recipe.yaml")
        place.put(folder / record, record)


def merge(place, told):
    if place.digest(SUCCESS):
        return
    records = place.names("shard-")
    if not records:
        sys.exit(f"object_store: there is no shard in s3://{place.bucket}/{place.folder}")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        place.get("recipe.yaml", folder / "recipe.yaml")
        stand_ins = set()
        for name in records:
            place.get(name, folder / name)
            for file in json.loads((folder / name).read_text())["files"]:
                found = place.digest(file["path"])
                if found != (file["bytes"], file["sha256"]):
                    sys.exit(f"object_store: {file['path']} is {'missing' if found is None else 'not what ' + name + ' says'}")
                path = folder / file["path"]
                if file["path"].startswith("readings"):
                    # A file as long as the object, without its bytes: what they are, the store has checked.
                    path.parent.mkdir(exist_ok=True)
                    with open(path, "wb") as stand_in:
                        stand_in.truncate(file["bytes"])
                    stand_ins.add(path)
                else:
                    place.get(file["path"], path)
        subprocess.run(["gen-dataset", "merge", "--sizes-only", folder], check=True, stdout=subprocess.DEVNULL)
        written = [path for path in folder.rglob("*") if path.is_file() and path not in stand_ins]
        # What says that all is there comes last.
        last = ["SHA256SUMS", "manifest.json", SUCCESS]
        for path in sorted(written, key=lambda path: (last.index(path.name) if path.name in last else -1, path)):
            place.put(path, path.relative_to(folder).as_posix())
    for name in records:
        place.client.delete_object(Bucket=place.bucket, Key=place.key(name))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, metavar="shard|merge")
    one = commands.add_parser("shard", help="make one shard and put it")
    one.add_argument("place", type=Place, help="s3://BUCKET/FOLDER")
    one.add_argument("recipe")
    one.add_argument("shard", help="I/N, from 0/N")
    one.set_defaults(call=shard)
    all_of_them = commands.add_parser("merge", help="make the shards one dataset")
    all_of_them.add_argument("place", type=Place, help="s3://BUCKET/FOLDER")
    all_of_them.set_defaults(call=merge)
    told, told_rest = parser.parse_known_args()
    if told.call is merge and told_rest:
        parser.error(f"{told_rest[0]}: merge has no such option")
    told.options = told_rest
    if told.call is shard and not re.fullmatch(r"\d+/\d+", told.shard):
        parser.error(f"{told.shard}: write a shard such as 3/16")
    try:
        told.call(told.place, told)
    except subprocess.CalledProcessError as error:
        # The program has said why.
        sys.exit(error.returncode)


main()
