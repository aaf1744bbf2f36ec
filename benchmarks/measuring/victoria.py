"""A VictoriaMetrics server of one's own, on this machine and for one script; and a stand-in that keeps what it is sent."""
import http.server
import shutil
import socket
import subprocess
import threading
import time
import urllib.request

from .machine import output
from .process import Skipped

PROGRAM = "victoria-metrics"


class VictoriaMetrics:
    """A server that keeps everything; use it with `with`."""

    def __init__(self, folder):
        if shutil.which(PROGRAM) is None:
            raise Skipped("no VictoriaMetrics server (Debian package victoria-metrics)")
        self.folder = folder / "victoriametrics"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"127.0.0.1:{self.port}"
        self.process = None

    def __enter__(self):
        self.empty()
        return self

    def __exit__(self, *reason):
        self._stop()

    def _stop(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def empty(self):
        """Begins anew, without any data."""
        self._stop()
        command = [PROGRAM, f"-storageDataPath={self.folder}", f"-httpListenAddr={self.address}", "-retentionPeriod=100y",
                   "-loggerLevel=ERROR"]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                return self.ask("/health")
            except OSError:
                time.sleep(0.05)
        raise Skipped("VictoriaMetrics does not answer")

    def ask(self, path):
        with urllib.request.urlopen(f"http://{self.address}{path}", timeout=30) as answer:
            return answer.read().decode()

    def samples(self):
        """How many samples have come in since it began."""
        # What it tells is up to a second old.
        time.sleep(1.1)
        lines = [line for line in self.ask("/metrics").splitlines() if line.startswith("vm_rows_inserted_total")]
        return sum(int(float(line.rsplit(" ", 1)[1])) for line in lines)

    def version(self):
        return output("dpkg-query", "-W", "-f", "${Version}", PROGRAM)


class Recorder:
    """Answers as such a server does, and appends what it is sent to a file; use it with `with`."""

    def __init__(self, path):
        recorder = open(path, "wb")

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def answer(self, status, body):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self):
                metrics = b'vm_app_start_timestamp 1\nflag{name="retentionPeriod", value="100y", is_set="true"} 1\n'
                times = b'{"status":"success","data":{"result":[{"value":[1,"1795950000"]}]}}'
                known = {"/metrics": metrics, "/api/v1/query": times}
                other = b'{"status":"success","snapshot":"none","data":[]}'
                self.answer(200, known.get(self.path.partition("?")[0], other))

            def do_POST(self):
                recorder.write(self.rfile.read(int(self.headers["Content-Length"])))
                self.answer(204, b"")

        self.file = recorder
        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *reason):
        self.server.shutdown()
        self.file.close()
