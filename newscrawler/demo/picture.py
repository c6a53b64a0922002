"""A small landscape for each story, drawn from its number."""

from __future__ import annotations

import math
import struct
import zlib

from newscrawler.demo.dice import Dice

WIDTH, HEIGHT = 320, 180
_SKIES = ((214, 226, 232), (240, 221, 196), (222, 211, 226), (203, 222, 214), (236, 228, 205))
_HILLS = ((20, 80, 107), (86, 104, 82), (120, 88, 84), (64, 74, 104))


def draw(code: int) -> bytes:
    """The picture of story `code` as PNG: a sky, a sun and three lines of hills."""
    dice = Dice(f"picture/{code}")
    sky, hill = dice.pick(_SKIES), dice.pick(_HILLS)
    colours = [sky, tuple(min(255, part + 24) for part in sky)]
    colours += [tuple(part + (255 - part) * fade // 100 for part in hill) for fade in (55, 30, 0)]
    waves = [
        (dice.between(60, 160) / 10000 * math.pi, dice.below(628) / 100, dice.between(8, 22))
        for _ in range(3)
    ]
    ridges = [
        [round(80 + 32 * n + height * math.sin(x * length + start)) for x in range(WIDTH)]
        for n, (length, start, height) in enumerate(waves)
    ]
    sun_x, sun_y, radius = dice.between(40, WIDTH - 40), dice.between(25, 60), dice.between(12, 22)
    rows = []
    for y in range(HEIGHT):
        row = bytearray(WIDTH)
        if abs(y - sun_y) < radius:
            half = round(math.sqrt(radius**2 - (y - sun_y) ** 2))
            row[sun_x - half : sun_x + half] = b"\x01" * (2 * half)
        for number, ridge in enumerate(ridges):
            for x in range(WIDTH):
                if ridge[x] <= y:
                    row[x] = number + 2
        rows.append(b"\x00" + bytes(row))
    palette = b"".join(bytes(colour) for colour in colours)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    chunks = (
        (b"IHDR", header),
        (b"PLTE", palette),
        (b"IDAT", zlib.compress(b"".join(rows), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
