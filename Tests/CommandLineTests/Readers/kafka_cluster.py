"""A cluster of Kafka for the tests of loads, which librdkafka plays within this process.

kafka_cluster.py TOPIC PARTITIONS   adds a topic, writes the address into brokers, and goes on until it is ended
SIGUSR1 takes the only broker away, SIGUSR2 brings it back.
"""

import ctypes
import os
import signal
import sys

library = ctypes.CDLL("librdkafka.so.1")
for name in ("rd_kafka_conf_new", "rd_kafka_new", "rd_kafka_mock_cluster_new"):
    getattr(library, name).restype = ctypes.c_void_p
library.rd_kafka_mock_cluster_bootstraps.restype = ctypes.c_char_p

reason = ctypes.create_string_buffer(512)
client = library.rd_kafka_new(0, ctypes.c_void_p(library.rd_kafka_conf_new()), reason, len(reason))
assert client, reason.value
cluster = ctypes.c_void_p(library.rd_kafka_mock_cluster_new(ctypes.c_void_p(client), 1))
assert library.rd_kafka_mock_topic_create(cluster, sys.argv[1].encode(), int(sys.argv[2]), 1) == 0

signal.signal(signal.SIGUSR1, lambda *_: library.rd_kafka_mock_broker_set_down(cluster, 1))
signal.signal(signal.SIGUSR2, lambda *_: library.rd_kafka_mock_broker_set_up(cluster, 1))
# Whoever started this may have had them blocked.
signal.pthread_sigmask(signal.SIG_SETMASK, [])
with open("brokers.new", "w") as file:
    file.write(library.rd_kafka_mock_cluster_bootstraps(cluster).decode())
os.rename("brokers.new", "brokers")
while True:
    signal.pause()
