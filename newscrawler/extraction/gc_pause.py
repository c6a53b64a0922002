"""The interpreter's search for unreachable cycles, held off for a while."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """No search for cycles inside the block; afterwards as it was.

    For work that makes many objects which stay until its end and hold no cycles: the search goes through all of them
    again and again, and finds none to free.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
