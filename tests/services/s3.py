"""A store that speaks S3, as long as it is needed: SeaweedFS, the real program, on ports of its own."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from inbox.cases.errors import NotKept
from inbox.files.object_store import Bucket, Shelf
from tests.patience import PATIENCE
from tests.services.ports import free_port

TRIES = 3
"""A port that was free may be taken before the server comes to it."""
KEY, SECRET = "gensvar", "a secret of the tests"


@contextmanager
def s3_server(folder: Path) -> Iterator[Bucket]:
    """A bucket in a server of its own."""
    identity = {"name": KEY, "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": ["Admin"]}
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
    server, bucket = _started(folder)
    try:
        yield bucket
    finally:
        _end(server)


def _started(folder: Path) -> tuple[subprocess.Popen[bytes], Bucket]:
    for number in range(TRIES):
        data = folder / f"data-{number}"
        data.mkdir()
        port = free_port()
        server = _begin(folder, data, port)
        bucket = Bucket(name="gensvar", endpoint=f"http://127.0.0.1:{port}", region="us-east-1", key=KEY, secret=SECRET)
        # A loop of its own: whoever asks may stand in one.
        with ThreadPoolExecutor(1) as aside:
            if aside.submit(asyncio.run, _is_ready(server, bucket)).result():
                return server, bucket
        _end(server)
    raise AssertionError(f"SeaweedFS does not start: {(folder / 'log').read_text(errors='replace')[-2000:]}")


def _begin(folder: Path, data: Path, port: int) -> subprocess.Popen[bytes]:
    ports = {f"-{name}.port": free_port() for name in ("master", "volume", "filer")} | {"-s3.port": port}
    # Its own ports for gRPC are 10000 higher unless told.
    grpc = {f"-{name}.port.grpc": free_port() for name in ("master", "volume", "filer", "s3")}
    words = [str(Path(sys.executable).parent / "weed"), "-logdir", str(folder), "server", f"-dir={data}"]
    words += ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer", "-s3", f"-s3.config={folder / 's3.json'}"]
    words += ["-master.volumeSizeLimitMB=64", "-volume.max=20", "-master.telemetry=false"]
    words += [f"-{name}.localSocket={data / name}" for name in ("filer", "s3")]
    # Catalogues that nobody needs here; at their fixed ports two servers would be in each other's way.
    words += ["-s3.port.iceberg=0", "-s3.port.lance=0"]
    words += [f"{name}={port}" for name, port in (ports | grpc).items()]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(words, stdout=log, stderr=log)


async def _is_ready(server: subprocess.Popen[bytes], bucket: Bucket) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            await Shelf(bucket).put_part("ready", b"ready")
        except NotKept:
            await asyncio.sleep(0.2)
        else:
            return True
    return False


def _end(server: subprocess.Popen[bytes]) -> None:
    server.kill()
    server.wait()
