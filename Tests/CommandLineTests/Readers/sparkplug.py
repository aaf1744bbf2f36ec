"""sparkplug.py MESSAGES LINES [killed]: whether messages of Sparkplug B (topic, tab, payload in hexadecimal digits) are those of a
node that lives, reports the readings of a file of JSON Lines, and dies: in their order, and each once, or if its process was
killed at least once. Payloads are decoded by pysparkplug.
"""

import datetime
import json
import sys

import pysparkplug

problems, counts = [], {"births": 0, "sessions": 0, "data": 0, "repeated": 0, "null": 0, "historical": 0}


def check(holds, text):
    if not holds and len(problems) < 10:
        problems.append(text)


def milliseconds(text):
    return round(datetime.datetime.fromisoformat(text + "+00:00").timestamp() * 1_000)


messages = [line.rstrip("\n").split("\t") for line in open(sys.argv[1])]
readings = [json.loads(line) for line in open(sys.argv[2])]
expected = {(reading["sensor_id"], milliseconds(reading["timestamp"])): reading for reading in readings}
check(len(expected) == len(readings), "readings of a sensor share a time")
order, reported = list(expected), []
births, sequence, session, sessions = {}, 0, None, set()
for topic, payload in messages:
    namespace, group, kind, node, *device = topic.split("/")
    check((namespace, group, node) == ("spBv1.0", "plant", "line-1"), topic)
    data = bytes.fromhex(payload)
    if kind == "NBIRTH":
        birth = pysparkplug.NBirth.decode(data)
        metrics = {metric.name: metric.value for metric in birth.metrics}
        check(birth.seq == 0, f"NBIRTH has the sequence {birth.seq}")
        check(metrics.get("Node Control/Rebirth") is False, "no way to ask for births")
        check(session in (None, metrics["bdSeq"]), "born while another session lives")
        session, births, sequence = metrics["bdSeq"], {}, 1
        sessions.add(session)
    elif kind == "DBIRTH":
        births[device[0]] = pysparkplug.DBirth.decode(data)
        counts["births"] += 1
        check(births[device[0]].seq == sequence % 256, f"{topic}: sequence {births[device[0]].seq}")
        sequence += 1
    elif kind == "DDATA":
        message = pysparkplug.DData.decode(data)
        check(message.seq == sequence % 256, f"{topic}: sequence {message.seq}, and not {sequence % 256}")
        sequence += 1
        times = {metric.timestamp for metric in message.metrics}
        check(len(times) == 1, f"{topic}: times {times}")
        key = (device[0], min(times))
        check(key in expected, f"{key} is no reading")
        reported.append(key)
        reading = expected.get(key, readings[0])
        known = {metric.name: metric.datatype for metric in births[device[0]].metrics}
        values = {metric.name: None if metric.is_null else metric.value for metric in message.metrics}
        for metric in message.metrics:
            check(known.get(metric.name) == metric.datatype, f"{metric.name} is not as it was born")
            counts["null"] += metric.is_null
            counts["historical"] += metric.is_historical
        wanted = {**reading["readings"]}
        if "anomaly" in values:
            wanted |= {"anomaly": reading["anomaly"]["detected"], "anomaly_type": reading["anomaly"]["type"]}
        check(values == wanted, f"{values} is not {wanted}")
        counts["data"] += 1
    elif kind != "NCMD":
        check(kind == "NDEATH", topic)
        death = pysparkplug.NDeath.decode(data)
        check(death.bd_seq_metric.value == session, "NDEATH is of another session")
        session = None
counts["sessions"] = len(sessions)
counts["repeated"] = len(reported) - len(set(reported))
check(messages and "/NDEATH/" in messages[-1][0], "the node does not die")
check(set(reported) == set(order), f"{len(set(reported))} readings of {len(order)}")
check(sys.argv[3:] == ["killed"] or reported == order, "readings are not in their order")
print(json.dumps({"problems": problems, "counts": counts}))
