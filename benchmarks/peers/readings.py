"""The rows that the peers of benchmarks/rows-per-second write: the columns and sensors of a dataset, and readings with
a daily cycle, normal noise and 5 % of anomalies, made by NumPy chunk after chunk, in time order, a reading a second.
"""
import csv
import time
from dataclasses import dataclass

COLUMNS = [
    "id", "timestamp", "sensor_id", "temperature", "humidity", "pressure", "voltage", "status_code", "anomaly_flag",
    "anomaly_type", "firmware_version", "model", "manufacturer", "serial_number", "location", "latitude", "longitude",
    "timezone", "deployment_type", "installation_date", "height_meters", "synced",
]
SENSOR_TEXTS = [
    "sensor_id", "firmware_version", "model", "manufacturer", "serial_number", "location", "timezone",
    "deployment_type", "installation_date",
]
SENSOR_NUMBERS = ["latitude", "longitude", "height_meters"]
ANOMALY_TYPES = ["spike", "trend", "pattern", "missing_data", "noise"]
# The objects of gen-dataset's JSON Lines: name -> columns, and their names in it.
JSON_OBJECTS = {
    "readings": {name: name for name in ("temperature", "humidity", "pressure", "voltage")},
    "location": {"name": "location", "latitude": "latitude", "longitude": "longitude", "timezone": "timezone"},
    "anomaly": {"detected": "anomaly_flag", "type": "anomaly_type"},
    "device": {"manufacturer": "manufacturer", "model": "model", "firmware": "firmware_version"},
}
START = 1_735_689_600  # 2025-01-01 in Unix time
DAY = 86_400


@dataclass
class Task:
    """What a peer is to write.

    `rows` in chunks of `chunk`; `file` is the output; `sensors` and `schema` are a dataset's sensors.csv and the text
    of its table's CREATE TABLE.
    """
    rows: int
    file: str
    sensors: str
    schema: str
    level: int | None
    threads: int
    chunk: int = 500_000

    def fleet(self):
        """Column -> one value per sensor; None where sensors.csv has nothing."""
        with open(self.sensors, newline="") as file:
            rows = list(csv.DictReader(file))
        columns = {name: [row[name] or None for row in rows] for name in SENSOR_TEXTS}
        for name in SENSOR_NUMBERS:
            columns[name] = [float(row[name]) if row[name] else None for row in rows]
        return columns

    def chunks(self):
        """First row and row after the last of each chunk."""
        for first in range(0, self.rows, self.chunk):
            yield first, min(self.rows, first + self.chunk)


def timestamps(first_tick, last_tick):
    """The texts of ticks, the last included."""
    ticks = range(first_tick, last_tick + 1)
    return [time.strftime("%Y-%m-%dT%H:%M:%S.000000", time.gmtime(START + tick)) for tick in ticks]


def instants(made):
    """The rows' times in microseconds since 1970."""
    return (START + made["first_tick"] + made["tick"]) * 1_000_000


def values(first, end, sensor_count):
    """The numbers of rows `first` to `end`, NumPy arrays; `type` is the place in ANOMALY_TYPES, or -1."""
    import numpy as np

    generator = np.random.Generator(np.random.SFC64([42, first]))
    count = end - first
    row = np.arange(first, end, dtype=np.int64)
    sensor, tick = row % sensor_count, row // sensor_count
    cycle = np.sin((tick % DAY) * (2 * np.pi / DAY) + sensor * (2 * np.pi / sensor_count))
    temperature = 22 + 5 * cycle + 0.5 * generator.standard_normal(count)
    humidity = 50 - 10 * cycle + 2 * generator.standard_normal(count)
    pressure = 1013.25 + 3 * cycle + 0.5 * generator.standard_normal(count)
    voltage = 12 + 0.1 * generator.standard_normal(count)
    chance = generator.random(count)
    anomalous = chance < 0.05
    kind = np.where(anomalous, (chance * 100).astype(np.int8), -1)
    noisy = temperature + 1.5 * generator.standard_normal(count)
    temperature = np.where(kind == 0, temperature * 2, np.where(kind == 4, noisy, temperature))
    flag = anomalous.astype(np.int64)
    # Resolutions as of the dataset's sensors.
    return {
        "id": row + 1, "tick": tick - tick[0], "first_tick": int(tick[0]), "last_tick": int(tick[-1]), "sensor": sensor,
        "temperature": temperature.round(1), "humidity": humidity.round(1), "pressure": pressure.round(2),
        "voltage": voltage.round(2), "status_code": flag, "anomaly_flag": flag, "type": kind.astype(np.int64),
        "synced": np.zeros(count, np.int64),
    }
