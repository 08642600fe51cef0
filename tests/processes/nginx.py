"""The proxy before several processes: nginx from Debian's package, with the very file that operators copy."""

import asyncio
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.patience import PATIENCE
from tests.services.ports import free_port

CONFIG = Path(__file__).parents[2] / "server" / "running" / "nginx.conf"
_AROUND = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/nginx-error.log warn;
events {{ worker_connections 4096; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/gensvar.conf;
}}
"""


class NoNginx(RuntimeError):
    """The program is not there. Never a reason to leave a test out."""

    def __init__(self) -> None:
        super().__init__("nginx is not installed. On Debian: apt-get install --no-install-recommends nginx-light")


def program() -> str:
    """Where it is. Raises NoNginx."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if found is None:
        raise NoNginx
    return found


def write_config(folder: Path, port: int, to: Sequence[int]) -> Path:
    """The operators' file with ports of the test, without a certificate, and what stands around it."""
    text = CONFIG.read_text(encoding="utf-8")
    text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    text = re.sub(r"^ *ssl_certificate.*\n", "", text, flags=re.MULTILINE)
    text = text.replace("synpunkter.example.se", "localhost")
    for given, chosen in zip((8081, 8082), to, strict=True):
        assert f":{given} " in text
        text = text.replace(f":{given} ", f":{chosen} ")
    (folder / "gensvar.conf").write_text(text, encoding="utf-8")
    whole = folder / "nginx.conf"
    whole.write_text(_AROUND.format(folder=folder), encoding="utf-8")
    return whole


def is_right(config: Path) -> subprocess.CompletedProcess[str]:
    """What `nginx -t` says of it."""
    return subprocess.run([program(), "-t", "-c", str(config)], capture_output=True, text=True, check=False)


@contextmanager
def nginx_before(folder: Path, to: Sequence[int]) -> Iterator[int]:
    """The port at which it listens, for as long as it is needed."""
    folder.mkdir(exist_ok=True)
    port = free_port()
    config = write_config(folder, port, to)
    running = subprocess.Popen(["setpriv", "--pdeathsig", "TERM", program(), "-c", str(config)])
    try:
        yield port
    finally:
        running.terminate()
        running.wait(PATIENCE)


async def until_open(port: int) -> None:
    """Return when somebody listens."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.02)
            else:
                writer.close()
                return
