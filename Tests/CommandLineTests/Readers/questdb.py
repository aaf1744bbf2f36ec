"""questdb.py PORT: a strict stand-in for QuestDB, which has no package here: line protocol into tables of DuckDB.

It takes what QuestDB's documentation says that QuestDB takes, and nothing else. Tables deduplicate by time and sensor, a
request is a transaction, and what is written can be read once the next two questions for it have been asked.
"""

import datetime
import gzip
import http.server
import json
import re
import sys
import threading
import urllib.parse

import duckdb

LOCK = threading.Lock()
BASE = duckdb.connect()
BASE.execute("SET TimeZone = 'UTC'")
TABLES = {}
UNITS = {"n": 1e-3, "u": 1, "ms": 1_000, "s": 1_000_000}
TYPES = {"SYMBOL": "VARCHAR", "VARCHAR": "VARCHAR", "DOUBLE": "DOUBLE", "LONG": "BIGINT", "TIMESTAMP": "TIMESTAMP"}
CREATE = re.compile(
    r'CREATE TABLE IF NOT EXISTS "([^"]+)" \((.*)\) TIMESTAMP\(timestamp\) PARTITION BY (DAY|MONTH) WAL\s+'
    r"DEDUP UPSERT KEYS\(timestamp, ([a-z_, ]+)\)", re.S)
PART = re.compile(r'((?:\\.|[^\\,= ])+)')


class Refused(Exception):
    pass


def create(name, columns, keys):
    described = {}
    for column in columns.split(","):
        match = re.fullmatch(r'\s*"?(\w+)"? (\w+)(?: CAPACITY \d+)?\s*', column)
        if not match or match[2] not in TYPES:
            raise Refused(f"no column: {column}")
        described[match[1]] = match[2]
    keys = keys.split(", ")
    if any(described.get(key) != "SYMBOL" for key in keys):
        raise Refused(f"no keys: {keys}")
    TABLES[name] = {"columns": described, "keys": keys, "pending": 0, "transactions": 0}
    body = ", ".join(f'"{column}" {TYPES[kind]}' for column, kind in described.items())
    # A key of several may be NULL in part.
    primary = ", PRIMARY KEY (timestamp, sensor_id)" if keys == ["sensor_id"] else ""
    BASE.execute(f'CREATE TABLE "{name}" ({body}{primary})')


def split(text, separator):
    """At separators that are not escaped, nor within quotes."""
    parts, start, index, quoted = [], 0, 0, False
    while index < len(text):
        if text[index] == "\\":
            index += 2
            continue
        if text[index] == '"':
            quoted = not quoted
        elif text[index] == separator and not quoted:
            parts.append(text[start:index])
            start = index + 1
        index += 1
    return parts + [text[start:]]


def plain(text):
    return re.sub(r"\\(.)", r"\1", text)


def value(text, kind, line):
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        if kind != "VARCHAR":
            raise Refused(f"a text into {kind}: {line}")
        return plain(text[1:-1])
    if text.endswith("t"):
        if kind != "TIMESTAMP":
            raise Refused(f"a time into {kind}: {line}")
        return datetime.datetime.fromtimestamp(0, datetime.timezone.utc).replace(tzinfo=None) + datetime.timedelta(
            microseconds=int(text[:-1]))
    if text.endswith("i"):
        if kind != "LONG":
            raise Refused(f"a whole number into {kind}: {line}")
        return int(text[:-1])
    if kind != "DOUBLE":
        raise Refused(f"a number into {kind}: {line}")
    return float(text)


def write(body, unit):
    rows, name = {}, None
    for line in body.decode("utf-8").split("\n"):
        if not line:
            continue
        parts = split(line, " ")
        if len(parts) != 3:
            raise Refused(f"no point: {line}")
        head = split(parts[0], ",")
        if name not in (None, plain(head[0])):
            raise Refused("two tables in a request")
        name = plain(head[0])
        if name not in TABLES:
            raise Refused(f"no table {name}, which would have been created")
        kinds, row = TABLES[name]["columns"], {}
        for tag in head[1:]:
            key, text = split(tag, "=")
            if kinds.get(key) != "SYMBOL":
                raise Refused(f"{key} is no symbol: {line}")
            row[key] = plain(text)
        for field in split(parts[1], ","):
            key, text = field.split("=", 1)
            if key not in kinds:
                raise Refused(f"no column {key}, which would have been created")
            row[key] = value(text, kinds[key], line)
        row["timestamp"] = int(int(parts[2]) * UNITS[unit])
        rows[row["timestamp"], *(row.get(key) for key in TABLES[name]["keys"])] = row
    if not rows:
        return
    columns = list(TABLES[name]["columns"])
    lines = [[row.get(column) for column in columns] for row in rows.values()]
    import pandas
    frame = pandas.DataFrame(lines, columns=columns, dtype=object)
    selection = ", ".join(
        "make_timestamp(CAST(timestamp AS BIGINT))" if column == "timestamp"
        else f'CAST("{column}" AS {TYPES[TABLES[name]["columns"][column]]})' for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    BASE.register("frame", frame)
    keys = TABLES[name]["keys"]
    if keys != ["sensor_id"]:
        same = " AND ".join(f'kept."{key}" IS NOT DISTINCT FROM incoming."{key}"' for key in ["timestamp", *keys])
        BASE.execute(f'DELETE FROM "{name}" AS kept USING (SELECT {selection} FROM frame) AS incoming({names}) WHERE {same}')
    BASE.execute(f'INSERT {"OR REPLACE " if keys == ["sensor_id"] else ""}INTO "{name}" SELECT {selection} FROM frame')
    BASE.unregister("frame")
    TABLES[name]["transactions"] += 1
    TABLES[name]["pending"] = 2


def select(sql):
    """The rows of one of the questions that are asked, as CSV."""
    match = re.fullmatch(r"SELECT table_name FROM tables\(\) WHERE table_name = '(.*)'", sql)
    if match:
        return [["table_name"]] + [[name] for name in TABLES if name == match[1]]
    match = re.fullmatch(r"SELECT dedup FROM tables\(\) WHERE table_name = '(.*)'", sql)
    if match:
        return [["dedup"]] + [["true"] for name in TABLES if name == match[1]]
    match = re.fullmatch(r"SELECT \"column\", type FROM table_columns\('(.*)'\)", sql)
    if match:
        return [["column", "type"]] + [list(item) for item in TABLES[match[1]]["columns"].items()]
    match = re.fullmatch(r"SELECT suspended, writerTxn, sequencerTxn FROM wal_tables\(\) WHERE name = '(.*)'", sql)
    if match:
        table = TABLES[match[1]]
        behind = 1 if table["pending"] else 0
        table["pending"] = max(0, table["pending"] - 1)
        return [["suspended", "writerTxn", "sequencerTxn"],
                ["false", table["transactions"] - behind, table["transactions"]]]
    text = re.sub(r'cast\((min\(timestamp\)|max\(timestamp\)|timestamp|"end") AS LONG\)', r"epoch_us(\1)", sql)
    text = re.sub(r"cast\((round\([^()]*\)) AS LONG\)", r"CAST(\1 AS BIGINT)", text)
    text = re.sub(r"('\d{4}-\d\d-\d\dT[\d:.]+)Z'", r"\1'", text)
    answer = BASE.execute(text)
    return [[column[0] for column in answer.description]] + [list(row) for row in answer.fetchall()]


def csv(rows):
    def field(item):
        if item is None:
            return ""
        if isinstance(item, str):
            return '"' + item.replace('"', '""') + '"'
        return str(item).lower() if isinstance(item, bool) else str(item)
    return "".join(",".join(field(item) for item in row) + "\r\n" for row in rows).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, kind="application/json"):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        address = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(address.query, keep_blank_values=True))
        try:
            with LOCK:
                if self.headers.get("Authorization") != "Bearer letmein":
                    return self.answer(401, b"Unauthorized")
                if self.command == "POST" and address.path == "/write" and set(query) == {"precision"}:
                    if self.headers.get("Content-Encoding") == "gzip":
                        body = gzip.decompress(body)
                    write(body, query["precision"])
                    return self.answer(204, b"")
                if self.command == "GET" and address.path == "/exec":
                    match = CREATE.fullmatch(query["query"])
                    dropped = re.fullmatch(r'DROP TABLE "(.*)"', query["query"])
                    if match:
                        create(match[1], match[2], match[4])
                    elif dropped and dropped[1] in TABLES:
                        BASE.execute(query["query"])
                        del TABLES[dropped[1]]
                    else:
                        raise Refused(query["query"])
                    return self.answer(200, b'{"ddl":"OK"}')
                if self.command == "GET" and address.path == "/exp":
                    return self.answer(200, csv(select(query["query"])), "text/csv")
            raise Refused(f"{self.command} {self.path}")
        except (Refused, KeyError, ValueError, duckdb.Error) as error:
            return self.answer(400, json.dumps({"code": "invalid", "message": str(error)}).encode())

    do_GET = do_POST = handle_any


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
