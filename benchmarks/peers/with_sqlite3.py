"""Python's own sqlite3: executemany over tuples, as most programs fill a database."""
from readings import ANOMALY_TYPES, COLUMNS, timestamps, values


def write(output, task):
    """Writes `sqlite`, one transaction a chunk."""
    import sqlite3

    fleet = task.fleet()
    count = len(fleet["sensor_id"])
    constants = [tuple(fleet[name][sensor] for name in COLUMNS[10:21]) for sensor in range(count)]
    connection = sqlite3.connect(task.file)
    connection.execute(task.schema)
    insert = f"INSERT INTO sensor_data VALUES ({', '.join('?' * len(COLUMNS))})"
    kinds = ANOMALY_TYPES + [None]
    varying = ("temperature", "humidity", "pressure", "voltage", "status_code", "anomaly_flag")
    for first, end in task.chunks():
        made = values(first, end, count)
        texts = timestamps(made["first_tick"], made["last_tick"])
        columns = [made[name].tolist() for name in ("id", "tick", "sensor", "type", *varying)]
        connection.executemany(insert, (
            (row, texts[tick], fleet["sensor_id"][sensor], *numbers, kinds[kind], *constants[sensor], 0)
            for row, tick, sensor, kind, *numbers in zip(*columns)
        ))
        connection.commit()
    connection.close()
