"""sparkplug.py MESSAGES LINES: whether messages of Sparkplug B (topic, tab, payload in hexadecimal digits) are those of a node
that lives, reports the readings of a file of JSON Lines in their order, and dies. Payloads are decoded by pysparkplug.
"""

import datetime
import json
import sys

import pysparkplug

problems, counts = [], {"births": 0, "data": 0, "null": 0, "historical": 0}


def check(holds, text):
    if not holds and len(problems) < 10:
        problems.append(text)


def milliseconds(text):
    return round(datetime.datetime.fromisoformat(text + "+00:00").timestamp() * 1_000)


messages = [line.rstrip("\n").split("\t") for line in open(sys.argv[1])]
readings = [json.loads(line) for line in open(sys.argv[2])]
births, sequence, reading = {}, 0, iter(readings)
session = None
for topic, payload in messages:
    namespace, group, kind, node, *device = topic.split("/")
    check((namespace, group, node) == ("spBv1.0", "plant", "line-1"), topic)
    data = bytes.fromhex(payload)
    if kind == "NBIRTH":
        birth = pysparkplug.NBirth.decode(data)
        metrics = {metric.name: metric.value for metric in birth.metrics}
        check(birth.seq == 0, f"NBIRTH has the sequence {birth.seq}")
        check(metrics.get("Node Control/Rebirth") is False, "no way to ask for births")
        session, births, sequence = metrics["bdSeq"], {}, 1
    elif kind == "DBIRTH":
        births[device[0]] = pysparkplug.DBirth.decode(data)
        counts["births"] += 1
        check(births[device[0]].seq == sequence % 256, f"{topic}: sequence {births[device[0]].seq}")
        sequence += 1
    elif kind == "DDATA":
        message = pysparkplug.DData.decode(data)
        check(message.seq == sequence % 256, f"{topic}: sequence {message.seq}, and not {sequence % 256}")
        sequence += 1
        expected = next(reading)
        check(device[0] == expected["sensor_id"], f"{device[0]} reports for {expected['sensor_id']}")
        known = {metric.name: metric.datatype for metric in births[device[0]].metrics}
        values = {metric.name: None if metric.is_null else metric.value for metric in message.metrics}
        for metric in message.metrics:
            check(known.get(metric.name) == metric.datatype, f"{metric.name} is not as it was born")
            check(metric.timestamp == milliseconds(expected["timestamp"]), f"{topic}: {metric.timestamp}")
            counts["null"] += metric.is_null
            counts["historical"] += metric.is_historical
        wanted = {**expected["readings"]}
        if "anomaly" in values:
            wanted |= {"anomaly": expected["anomaly"]["detected"], "anomaly_type": expected["anomaly"]["type"]}
        check(values == wanted, f"{values} is not {wanted}")
        counts["data"] += 1
    elif kind != "NCMD":
        check(kind == "NDEATH", topic)
        death = pysparkplug.NDeath.decode(data)
        check(death.bd_seq_metric.value == session, "NDEATH is of another session")
check(messages and "/NDEATH/" in messages[-1][0], "the node does not die")
check(next(reading, None) is None, "readings are missing")
print(json.dumps({"problems": problems, "counts": counts}))
