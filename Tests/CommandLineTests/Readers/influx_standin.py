"""influx_standin.py VERSION PORT UPSTREAM: a strict stand-in for InfluxDB 2 or 3, which have no packages here.

It takes the requests that the documentation of that version describes, and nothing else, and has an InfluxDB 1.x on the port
UPSTREAM store and answer: the language of queries is the same.
"""

import http.client
import http.server
import json
import sys
import urllib.parse

VERSION, PORT, UPSTREAM = (int(argument) for argument in sys.argv[1:4])
UNITS = {
    2: {"ns": "n", "us": "u", "ms": "ms", "s": "s"},
    3: {"nanosecond": "n", "microsecond": "u", "millisecond": "ms", "second": "s"},
}[VERSION]
BUCKETS = {}


def ask(method, path, query, body=b"", headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", UPSTREAM, timeout=60)
    connection.request(method, path + "?" + urllib.parse.urlencode(query), body, headers or {})
    answer = connection.getresponse()
    return answer.status, answer.getheader("Content-Type", "application/json"), answer.read()


def create(name):
    BUCKETS[name] = 0
    return ask("POST", "/query", {"q": f'CREATE DATABASE "{name}"'})


def respond(method, path, query, headers, body):
    scheme = "Token" if VERSION == 2 else "Bearer"
    if headers.get("Authorization") != scheme + " letmein":
        return 401, "application/json", b'{"code":"unauthorized","message":"unauthorized access"}'
    kept = {key: headers[key] for key in ("Content-Encoding", "Accept") if key in headers}
    if method == "GET" and path == "/query" and query.get("db") in BUCKETS:
        return ask("GET", path, query, headers=kept)
    if VERSION == 2:
        if query.get("org", "lab") != "lab":
            return 404, "application/json", b'{"code":"not found","message":"organization name not found"}'
        if method == "POST" and path == "/api/v2/write" and set(query) == {"org", "bucket", "precision"}:
            if query["bucket"] in BUCKETS and query["precision"] in UNITS:
                return ask("POST", "/write", {"db": query["bucket"], "precision": UNITS[query["precision"]]}, body, kept)
        if method == "GET" and path == "/api/v2/buckets" and set(query) == {"org", "name"}:
            found = [name for name in BUCKETS if name == query["name"]]
            rules = [{"type": "expire", "everySeconds": BUCKETS[name]} for name in found]
            text = {"buckets": [{"name": name, "retentionRules": [rule]} for name, rule in zip(found, rules)]}
            return 200, "application/json", json.dumps(text).encode()
        if method == "GET" and path == "/api/v2/orgs" and set(query) == {"org"}:
            return 200, "application/json", b'{"orgs":[{"id":"0123456789abcdef","name":"lab"}]}'
        if method == "POST" and path == "/api/v2/buckets" and headers.get("Content-Type") == "application/json":
            asked = json.loads(body)
            if asked["orgID"] == "0123456789abcdef" and asked["retentionRules"] == []:
                create(asked["name"])
                return 201, "application/json", json.dumps(asked).encode()
        if method == "POST" and path == "/api/v2/delete" and set(query) == {"org", "bucket"}:
            predicate = json.loads(body)["predicate"]
            name = predicate.removeprefix('_measurement="').removesuffix('"')
            ask("POST", "/query", {"db": query["bucket"], "q": f'DROP MEASUREMENT "{name}"'})
            return 204, "application/json", b""
    else:
        if method == "POST" and path == "/api/v3/write_lp" and set(query) == {"db", "precision", "accept_partial"}:
            if query["db"] in BUCKETS and query["precision"] in UNITS and query["accept_partial"] == "false":
                return ask("POST", "/write", {"db": query["db"], "precision": UNITS[query["precision"]]}, body, kept)
        if method == "GET" and path == "/api/v3/configure/database" and query == {"format": "json"}:
            return 200, "application/json", json.dumps([{"iox::database": name} for name in BUCKETS]).encode()
        if method == "POST" and path == "/api/v3/configure/database":
            create(json.loads(body)["db"])
            return 200, "application/json", b""
    return 400, "application/json", json.dumps({"message": f"{method} {path} {query}"}).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        address = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(address.query, keep_blank_values=True))
        status, kind, text = respond(self.command, address.path, query, dict(self.headers.items()), body)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = handle_any


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Handler).serve_forever()
