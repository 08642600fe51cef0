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

from inbox.errors import NotKept
from inbox.files.shelf import Bucket, Shelf
from tests.postgres import free_port

PATIENCE = 60
"""Seconds after which a server that is not ready is given up."""
KEY, SECRET = "gensvar", "a secret of the tests"


@contextmanager
def s3_server(folder: Path) -> Iterator[Bucket]:
    """A bucket in a server of its own."""
    identity = {"name": KEY, "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": ["Admin"]}
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
    ports = {f"-{name}.port": free_port() for name in ("master", "volume", "filer", "s3")}
    # Its own ports for gRPC are 10000 higher unless told.
    grpc = {f"-{name}.port.grpc": free_port() for name in ("master", "volume", "filer", "s3")}
    words = [str(Path(sys.executable).parent / "weed"), "-logdir", str(folder), "server", f"-dir={folder}"]
    words += ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer", "-s3", f"-s3.config={folder / 's3.json'}"]
    words += ["-master.volumeSizeLimitMB=64", "-volume.max=20"]
    words += [f"{name}={port}" for name, port in (ports | grpc).items()]
    bucket = Bucket(
        name="gensvar", endpoint=f"http://127.0.0.1:{ports['-s3.port']}", region="us-east-1", key=KEY, secret=SECRET
    )
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(words, stdout=log, stderr=log)
        try:
            # A loop of its own: whoever asks may stand in one.
            with ThreadPoolExecutor(1) as aside:
                aside.submit(lambda: asyncio.run(_is_ready(bucket))).result()
            yield bucket
        finally:
            server.kill()
            server.wait()


async def _is_ready(bucket: Bucket) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            await Shelf(bucket).put_part("ready", b"ready")
        except NotKept:
            if time.monotonic() > until:
                raise
            await asyncio.sleep(0.2)
        else:
            return
