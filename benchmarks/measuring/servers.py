"""Servers of one's own that are spoken to over HTTP, on this machine and for one script."""
import shutil
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from pathlib import Path

from .machine import output
from .process import Skipped


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class HTTPServer:
    """A server with its files in a folder; use it with `with`."""

    program = ""
    package = ""

    def __init__(self, folder):
        self.path = shutil.which(self.program)
        if not self.path:
            raise Skipped(f"no {self.program} (Debian package {self.package})")
        self.folder = Path(folder) / self.program
        self.port = free_port()

    def __enter__(self):
        self.folder.mkdir()
        command = [str(part) for part in self.command()]
        self.process = subprocess.Popen(command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        for _ in range(300):
            try:
                self.ask(self.ready)
                return self
            except OSError:
                time.sleep(0.1)
        self.__exit__()
        raise Skipped(f"{self.program} does not answer")

    def __exit__(self, *reason):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, path, body=None, **query):
        """What the server answers, as text."""
        address = f"http://127.0.0.1:{self.port}{path}" + ("?" + urllib.parse.urlencode(query) if query else "")
        with urllib.request.urlopen(urllib.request.Request(address, data=body), timeout=600) as answer:
            return answer.read().decode()


class InfluxDB(HTTPServer):
    """InfluxDB 1.x."""

    program = "influxd"
    package = "influxdb"
    ready = "/ping"

    def command(self):
        settings = self.folder / "influx.conf"
        settings.write_text(f"""reporting-disabled = true
bind-address = "127.0.0.1:{free_port()}"
[meta]
dir = "{self.folder}/meta"
[data]
dir = "{self.folder}/data"
wal-dir = "{self.folder}/wal"
[http]
bind-address = "127.0.0.1:{self.port}"
log-enabled = false
""")
        return [self.path, "-config", settings]

    def statement(self, text):
        return self.ask("/query", b"", q=text)

    def version(self):
        return output(self.path, "version")


class ClickHouse(HTTPServer):
    """ClickHouse over HTTP, and with a port for its own client."""

    program = "clickhouse-server"
    package = "clickhouse-server"
    ready = "/"

    def command(self):
        self.client_port = free_port()
        (self.folder / "users.xml").write_text("""<yandex><profiles><default/></profiles><quotas><default/></quotas><users><default>
<password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota>
</default></users></yandex>""")
        settings = self.folder / "config.xml"
        settings.write_text(f"""<yandex><logger><level>none</level><log>/dev/null</log><errorlog>/dev/null</errorlog></logger>
<http_port>{self.port}</http_port><tcp_port>{self.client_port}</tcp_port><listen_host>127.0.0.1</listen_host>
<mark_cache_size>100000000</mark_cache_size><path>{self.folder}/data/</path><tmp_path>{self.folder}/tmp/</tmp_path>
<users_config>users.xml</users_config><default_profile>default</default_profile>
<default_database>default</default_database></yandex>""")
        return [self.path, f"--config-file={settings}"]

    def statement(self, text):
        return self.ask("/", text.encode()).strip()

    def version(self):
        return self.statement("SELECT version()")
