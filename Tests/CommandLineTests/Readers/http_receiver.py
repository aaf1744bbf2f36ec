"""http_receiver.py PORT [kind]: a receiver of readings that takes no others than it says, and does what receivers do to senders.

It takes POST /ingest/readings/?key=a%20b with the token letmein, lines of JSON or, if kind is array, compressed arrays, and
appends each message to the file `received`. By turns it takes a request, answers 429 and asks for a second of peace, takes one,
answers 503 after it has taken one, takes one, resets the connection after it has taken one, and resets it before. While
there is a file `refuse`, it answers 400 and takes nothing. With the kind plain it only takes. What no request may be is told in
the file `problems`.
"""

import gzip
import http.server
import json
import os
import socket
import struct
import sys
import threading
import time

KIND = sys.argv[2] if len(sys.argv) > 2 else "lines"
STATE = {"requests": 0, "closed until": 0.0}
LOCK = threading.Lock()


def told(path, text):
    with LOCK, open(path, "a") as file:
        file.write(text + "\n")


def elements(text):
    """The objects of an array, as they are written."""
    found, place = [], 1
    while text[place - 1] != "]":
        _, end = json.JSONDecoder().raw_decode(text, place)
        found.append(text[place:end])
        place = end + 1
    json.loads(text)
    return found


class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, text="", **headers):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def reset(self):
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def do_GET(self):
        self.answer(200, "ready")

    def messages(self, body):
        if KIND == "array":
            if self.headers.get("Content-Encoding") != "gzip" or self.headers.get("Content-Type") != "application/json":
                told("problems", f"headers {self.headers}")
            return elements(gzip.decompress(body).decode())
        if self.headers.get("Content-Type") != "application/x-ndjson" or not body.endswith(b"\n"):
            told("problems", f"headers {self.headers}, body {body[-40:]}")
        return body.decode()[:-1].split("\n")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path != "/ingest/readings/?key=a%20b":
            told("problems", self.path)
        if self.headers.get("Authorization") != "Bearer letmein":
            return self.answer(401, "who is there?")
        if self.headers.get("X-Lab") != "north":
            told("problems", f"headers {self.headers}")
        if os.path.exists("refuse"):
            return self.answer(400, "no such column")
        if time.monotonic() < STATE["closed until"]:
            told("problems", "a request before the second is over")
        turn = 0
        if KIND != "plain":
            turn = STATE["requests"] % 7
            STATE["requests"] += 1
        if turn == 1:
            STATE["closed until"] = time.monotonic() + 0.9
            return self.answer(429, "too fast", Retry_After="1")
        if turn == 6:
            return self.reset()
        for message in self.messages(body):
            json.loads(message)
            told("received", message)
        if turn == 3:
            return self.answer(503, "out of service")
        if turn == 5:
            return self.reset()
        self.answer(204)


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
