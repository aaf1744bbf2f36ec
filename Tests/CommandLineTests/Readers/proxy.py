"""proxy.py LISTEN UPSTREAM: an HTTP proxy between two ports of this machine that does what proxies do to loaders.

Of requests with more than a kilobyte of body, by turns one passes, one is answered 429 and not passed on, one passes, one is
passed on and answered 503, one passes, and of one the connection is reset after the server has answered.
"""

import http.client
import http.server
import socket
import struct
import sys
import threading

COUNT = {"large": 0}
LOCK = threading.Lock()


class Proxy(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def forward(self, body):
        upstream = http.client.HTTPConnection("127.0.0.1", int(sys.argv[2]), timeout=60)
        headers = {key: value for key, value in self.headers.items() if key.lower() not in ("host", "connection")}
        upstream.request(self.command, self.path, body, headers)
        answer = upstream.getresponse()
        return answer.status, answer.getheader("Content-Type", "text/plain"), answer.read()

    def answer(self, status, kind, body, **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        turn = 0
        if len(body) > 1_000:
            with LOCK:
                turn = COUNT["large"] % 6
                COUNT["large"] += 1
        if turn == 1:
            return self.answer(429, "text/plain", b"too fast", Retry_After="1")
        try:
            status, kind, text = self.forward(body)
        except OSError:
            return self.answer(502, "text/plain", b"nobody there")
        if turn == 3:
            return self.answer(503, "text/plain", b"out of service")
        if turn == 5:
            self.close_connection = True
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return self.connection.close()
        return self.answer(status, kind, text)

    do_GET = do_POST = do_PUT = do_DELETE = handle_any

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except (OSError, ValueError):
            self.close_connection = True


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Proxy).serve_forever()
