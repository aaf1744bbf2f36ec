"""Whether datasets of Ray have the rows of the CSV, and are never short of some."""


import signal

import pyarrow
import pyarrow.compute
import ray
import truth
from killing import Fault

import gen_dataset.ray


def table_of(dataset):
    return pyarrow.concat_tables([ray.get(block) for block in dataset.to_arrow_refs()])


def main():
    recipe, expected = truth.write()
    # Nothing leaves this machine.
    ray.init(num_cpus=2, include_dashboard=False, _node_ip_address="127.0.0.1", logging_level="ERROR")
    ray.data.DataContext.get_current().enable_progress_bars = False
    truth.check("ray", table_of(gen_dataset.ray.read(recipe, shards=7)), expected)
    long = {"dataset": {"start": "2025-01-05", "duration": "1d"}, "replicas": {"count": 40}}
    fault = Fault(signal.SIGKILL)
    try:
        gen_dataset.ray.read(long, shards=6).count()
    except Exception as error:
        assert "ended by signal 9" in str(error), error
    else:
        raise AssertionError("what is left of readings is taken for all")
    assert fault.target, "no program was met at work"
    part = gen_dataset.ray.read(recipe, ["id", "sensor_id"], only_sensors="C*", shards=2)
    chosen = expected.select(["id", "sensor_id"]).filter(pyarrow.compute.starts_with(expected["sensor_id"], "C"))
    truth.check("ray, some sensors", table_of(part), chosen)
    assert gen_dataset.ray.read("quickstart.yaml", ["id"], shards=5).count() == 3_600
    ray.shutdown()


if __name__ == "__main__":
    main()
