"""A client of NATS in its text protocol, for the tests of loads.

nats_client.py PORT receive SUBJECT COUNT   writes what comes into received, once it has written subscribed
nats_client.py PORT add STREAM SUBJECT      adds a stream to JetStream
nats_client.py PORT delete STREAM SEQUENCE  deletes a message of a stream
nats_client.py PORT stream STREAM           prints what a stream holds: subject, tab, payload
"""

import json
import os
import socket
import sys


class Client:
    def __init__(self, port):
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.stream = self.connection.makefile("rwb")
        self.waiting = []
        assert self.stream.readline().startswith(b"INFO")
        self.write(b'CONNECT {"verbose":false,"headers":true,"no_responders":true}\r\n')

    def write(self, data):
        self.stream.write(data)
        self.stream.flush()

    def subscribe(self, subject, number):
        self.write(f"SUB {subject} {number}\r\nPING\r\n".encode())
        assert self.stream.readline() == b"PONG\r\n"

    def next(self):
        """The next message that was not asked for: subject and payload."""
        return self.waiting.pop(0) if self.waiting else self.read()[1:]

    def read(self):
        """The next message: its subscription, subject and payload."""
        while True:
            words = self.stream.readline().split()
            if words[0] == b"PING":
                self.write(b"PONG\r\n")
            if words[0] in (b"MSG", b"HMSG"):
                data = self.stream.read(int(words[-1]) + 2)[:-2]
                if words[0] == b"HMSG":
                    data = data[int(words[-2]) :]
                return words[2], words[1].decode(), data

    def request(self, subject, body):
        self.write(b"SUB _INBOX.test 1\r\n")
        data = json.dumps(body).encode() if body is not None else b""
        self.write(f"PUB {subject} _INBOX.test {len(data)}\r\n".encode() + data + b"\r\n")
        while True:
            number, subject, payload = self.read()
            if number == b"1":
                break
            self.waiting.append((subject, payload))
        answer = json.loads(payload)
        assert "error" not in answer, answer
        self.write(b"UNSUB 1\r\n")
        return answer


client = Client(int(sys.argv[1]))
if sys.argv[2] == "receive":
    client.subscribe(sys.argv[3], 1)
    open("subscribed", "w").close()
    with open("received", "wb") as file:
        for _ in range(int(sys.argv[4])):
            subject, payload = client.next()
            file.write(subject.encode() + b"\t" + payload + b"\n")
elif sys.argv[2] == "add":
    name, subject = sys.argv[3:]
    client.request("$JS.API.STREAM.CREATE." + name, {"name": name, "subjects": [subject], "storage": "file"})
elif sys.argv[2] == "delete":
    client.request("$JS.API.STREAM.MSG.DELETE." + sys.argv[3], {"seq": int(sys.argv[4])})
else:
    name = sys.argv[3]
    count = client.request("$JS.API.STREAM.INFO." + name, None)["state"]["messages"]
    subject = f"deliver.{os.getpid()}"
    client.subscribe(subject, 2)
    settings = {"deliver_subject": subject, "ack_policy": "none", "deliver_policy": "all"}
    client.request("$JS.API.CONSUMER.CREATE." + name, {"stream_name": name, "config": settings})
    for _ in range(count):
        subject, payload = client.next()
        sys.stdout.buffer.write(subject.encode() + b"\t" + payload + b"\n")
