"""A strict receiver of Prometheus' remote write, versions 1 and 2, that keeps what it is sent.

remote_write.py PORT [MODE]: GET /dump gives the series as lines of JSON, as VictoriaMetrics exports them. MODE `old` knows
version 1 alone and says nothing of what it has written, `half` says that it has written half, `busy` answers 503 to every
third request, `lost` takes every third and then breaks the connection.
"""

import collections
import http.server
import json
import socket
import struct
import sys

port = int(sys.argv[1])
mode = sys.argv[2] if len(sys.argv) > 2 else ""
series = collections.defaultdict(dict)
latest = {}
requests = 0


class Malformed(Exception):
    pass


def need(condition, reason):
    if not condition:
        raise Malformed(reason)


def varint(data, place):
    value = shift = 0
    while True:
        need(place < len(data) and shift < 70, "a varint without end")
        byte = data[place]
        value |= (byte & 0x7F) << shift
        place, shift = place + 1, shift + 7
        if byte < 0x80:
            return value, place


def snappy(data):
    length, place = varint(data, 0)
    out = bytearray()
    while place < len(data):
        tag = data[place]
        place += 1
        if tag & 3 == 0:
            size = tag >> 2
            if size >= 60:
                extra = size - 59
                size = int.from_bytes(data[place : place + extra], "little")
                place += extra
            out += data[place : place + size + 1]
            place += size + 1
            continue
        if tag & 3 == 1:
            size, offset = 4 + (tag >> 2 & 7), tag >> 5 << 8 | data[place]
            place += 1
        else:
            width = 2 if tag & 3 == 2 else 4
            size, offset = 1 + (tag >> 2), int.from_bytes(data[place : place + width], "little")
            place += width
        need(0 < offset <= len(out), "a copy from before the beginning")
        for _ in range(size):
            out.append(out[-offset])
    need(len(out) == length, f"snappy says {length} bytes and has {len(out)}")
    return bytes(out)


def fields(data):
    place = 0
    while place < len(data):
        key, place = varint(data, place)
        kind = key & 7
        if kind == 0:
            value, place = varint(data, place)
        elif kind == 1:
            need(place + 8 <= len(data), "a double is cut off")
            (value,) = struct.unpack_from("<d", data, place)
            place += 8
        elif kind == 2:
            size, place = varint(data, place)
            need(place + size <= len(data), "a field is cut off")
            value = data[place : place + size]
            place += size
        else:
            need(False, f"kind {kind}")
        yield key >> 3, kind, value


def sample(data):
    known = {number: value for number, _, value in fields(data)}
    need(set(known) == {1, 2}, "a sample is a value and a time")
    time = known[2]
    return known[1], time - (1 << 64) if time >= 1 << 63 else time


def message_1(data):
    for number, kind, value in fields(data):
        need((number, kind) == (1, 2), f"field {number} of a request")
        labels, samples = [], []
        for part, _, inner in fields(value):
            need(part in (1, 2), f"field {part} of a series")
            if part == 2:
                samples.append(sample(inner))
                continue
            pair = dict((n, v.decode()) for n, _, v in fields(inner))
            labels.append((pair[1], pair[2]))
        yield labels, samples


def message_2(data):
    symbols, found = [], []
    for number, kind, value in fields(data):
        need(number in (4, 5) and kind == 2, f"field {number} of a request")
        if number == 4:
            need(not found, "symbols behind series")
            symbols.append(value.decode())
        else:
            found.append(value)
    need(symbols and symbols[0] == "", "the first symbol is not empty")
    need(len(set(symbols)) == len(symbols), "a symbol stands twice")
    for value in found:
        labels, samples = [], []
        for part, _, inner in fields(value):
            need(part in (1, 2), f"field {part} of a series")
            if part == 2:
                samples.append(sample(inner))
                continue
            references, place = [], 0
            while place < len(inner):
                reference, place = varint(inner, place)
                need(reference < len(symbols), "no such symbol")
                references.append(symbols[reference])
            need(len(references) % 2 == 0, "a label without its text")
            labels += zip(references[::2], references[1::2])
        yield labels, samples


def take(headers, body):
    need(headers["Content-Encoding"] == "snappy", "it is not snappy")
    kinds = {
        ("0.1.0", "application/x-protobuf"): message_1,
        ("2.0.0", "application/x-protobuf;proto=io.prometheus.write.v2.Request"): message_2,
    }
    read = kinds.get((headers["X-Prometheus-Remote-Write-Version"], headers["Content-Type"]))
    need(read, "no such version")
    written = 0
    for labels, samples in read(snappy(body)):
        names = [name for name, _ in labels]
        need(names == sorted(set(names)), "labels are not sorted, or stand twice")
        need(names[0] == "__name__" and all(text for _, text in labels), "a label is empty, or the name is missing")
        need(samples, "a series without samples")
        kept = series[tuple(labels)]
        for value, time in samples:
            if time in kept:
                # What comes again is there already, as most receivers have it.
                need(kept[time] == value, "another value at the same time")
                continue
            need(time > latest.get(tuple(labels), -(1 << 63)), "out of order")
            kept[time] = value
            latest[tuple(labels)] = time
            written += 1
    return written


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, text, **headers):
        body = text.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        lines = []
        for labels, samples in series.items():
            times, values = zip(*samples.items())
            lines.append(json.dumps({"metric": dict(labels), "values": values, "timestamps": times}))
        self.answer(200, "\n".join(lines))

    def do_POST(self):
        global requests
        requests += 1
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if mode == "busy" and requests % 3 == 0:
            return self.answer(503, "busy", Retry_After=0)
        if mode == "old" and "v2" in self.headers["Content-Type"]:
            return self.answer(204, "")
        try:
            written = take(self.headers, body)
        except Malformed as error:
            return self.answer(400, str(error))
        if mode == "lost" and requests % 3 == 0:
            self.close_connection = True
            return self.connection.shutdown(socket.SHUT_RDWR)
        if mode == "half":
            written //= 2
        self.answer(204, "", X_Prometheus_Remote_Write_Samples_Written=written)


http.server.HTTPServer(("127.0.0.1", port), Handler).serve_forever()
