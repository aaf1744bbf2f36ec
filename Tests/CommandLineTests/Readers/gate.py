"""gate.py LISTEN UPSTREAM PATTERN [short]: an HTTP proxy between two ports of this machine that stops in the middle of an answer.

Of the first request that the pattern is found in, half of the answer is sent, with `short` as if it were all, and of an empty answer nothing. Then there is
a file `reached`, and when there is one `open`, the connection is closed. All else passes; where nobody answers, connections are closed.
"""

import http.client
import http.server
import os
import re
import sys
import threading
import time
import urllib.parse

IS_CLOSED = threading.Lock()


class Gate(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def forward(self, body):
        upstream = http.client.HTTPConnection("127.0.0.1", int(sys.argv[2]), timeout=300)
        headers = {key: value for key, value in self.headers.items() if key.lower() not in ("host", "connection")}
        upstream.request(self.command, self.path, body, headers)
        answer = upstream.getresponse()
        return answer.status, answer.getheader("Content-Type", "text/plain"), answer.read()

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        text = urllib.parse.unquote_plus(self.path + " " + body.decode("utf-8", "replace"))
        status, kind, answer = self.forward(body)
        # Acquired once, and never released.
        is_cut = bool(re.search(sys.argv[3], text)) and IS_CLOSED.acquire(blocking=False)
        if is_cut and not answer:
            return self.hold()
        half = answer[: len(answer) // 2]
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(half if is_cut and "short" in sys.argv else answer)))
        self.end_headers()
        if is_cut:
            self.wfile.write(half)
            self.wfile.flush()
            self.hold()
        else:
            self.wfile.write(answer)

    def hold(self):
        open("reached", "w").close()
        while not os.path.exists("open"):
            time.sleep(0.02)
        self.close_connection = True

    do_GET = do_POST = do_PUT = do_DELETE = handle_any

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except (OSError, ValueError, http.client.HTTPException):
            self.close_connection = True


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Gate).serve_forever()
