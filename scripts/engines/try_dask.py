"""Whether frames of Dask have the rows of the CSV, and are generated as far as they are needed."""

import pyarrow
import pyarrow.compute
import truth

import gen_dataset.dask


def main():
    recipe, expected = truth.write()
    frame = gen_dataset.dask.read(recipe, shards=7)
    for scheduler in ("threads", "processes"):
        truth.check(f"dask, {scheduler}", pyarrow.Table.from_pandas(frame.compute(scheduler=scheduler), preserve_index=False), expected)
    part = gen_dataset.dask.read(recipe, ["id", "temperature"], only_sensors="C*", shards=2)
    truth.check("dask, some sensors", pyarrow.Table.from_pandas(part.compute(), preserve_index=False), expected.select(
        ["id", "temperature"]).filter(pyarrow.compute.starts_with(expected["sensor_id"], "C")))
    mean = frame.groupby("sensor_id", observed=True).temperature.mean().compute()
    wanted = expected.group_by("sensor_id").aggregate([("temperature", "mean")])
    for name, value in zip(*(column.to_pylist() for column in wanted.select(["sensor_id", "temperature_mean"]).columns)):
        assert abs(mean[name] - value) < 1e-9, (name, mean[name], value)
    # More parts than blocks: most are empty.
    assert len(gen_dataset.dask.read("quickstart.yaml", shards=5)) == 3_600


if __name__ == "__main__":
    main()
