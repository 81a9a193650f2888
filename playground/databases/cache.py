"""Finished database images in the cache folder: a convenience that may be damaged or absent.

An entry is a magic word, the SHA-256 of the image, and the image. One that does not fit its digest
is as good as none; a folder that cannot be written to only costs time.
"""

import contextlib
import hashlib
import os
import tempfile
import time
from pathlib import Path

_MAGIC = b"playground image 1\n"
_DIGEST_BYTES = hashlib.sha256().digest_size
_OLD_SECONDS = 30 * 86_400


class ImageCache:
    """Images by key; a key is hexadecimal and says all that the image depends on."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made when something is first kept."""
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """The image kept under `key`, or None where there is none that is whole."""
        try:
            entry = self._file(key).read_bytes()
        except OSError:
            return None
        start = len(_MAGIC) + _DIGEST_BYTES
        image = entry[start:]
        if entry[:start] != _MAGIC + hashlib.sha256(image).digest():
            return None
        return image

    def put(self, key: str, image: bytes) -> None:
        """Keep an image; does nothing where the folder cannot be written to."""
        entry = _MAGIC + hashlib.sha256(image).digest() + image
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._forget_old()
            _write_whole(self._file(key), entry)

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}.image"

    def _forget_old(self) -> None:
        """Entries whose sources have long changed would otherwise stay for ever."""
        limit = time.time() - _OLD_SECONDS
        for file in self._folder.glob("*.image*"):
            with contextlib.suppress(OSError):
                if file.stat().st_mtime < limit:
                    file.unlink()


def _write_whole(file: Path, data: bytes) -> None:
    """All of the data or nothing, however the process ends."""
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=file.name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
