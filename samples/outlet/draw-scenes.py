#!/usr/bin/env python3
"""Draws pages/images/*.png: flat scenes of sky, hills, water and one thing in front. Standard library only."""
import math
import pathlib
import random
import struct
import zlib

WIDTH, HEIGHT, HORIZON = 480, 270, 165
SCENES = {
    "bridge": ("dawn", "arches"), "market": ("night", "stalls"), "library": ("night", "windows"), "river": ("day", "mark"),
    "wetland": ("dawn", "reeds"), "archive": ("dusk", "shelves"), "ferry": ("day", "boat"), "harbour": ("dusk", "boat"),
    "lighthouse": ("dusk", "tower"), "tram": ("day", "tram"), "teahouse": ("dusk", "windows"), "oyster": ("day", "mark"),
    "books": ("day", "shelves"), "gauge": ("dawn", "mark"), "orchestra": ("dusk", "arches"), "eferry": ("dawn", "boat"),
    "council": ("day", "windows"), "letters": ("dawn", "shelves"), "marsh": ("day", "reeds"), "football": ("day", "goal"),
    "oven": ("night", "oven"),
}
LIGHTS = {
    "dawn": ((244, 187, 150), (252, 231, 206), (120, 150, 170), (72, 92, 112), (255, 244, 214)),
    "day": ((134, 190, 226), (221, 240, 248), (92, 150, 178), (74, 118, 92), (255, 250, 225)),
    "dusk": ((88, 84, 138), (236, 156, 120), (84, 92, 130), (52, 50, 78), (255, 214, 150)),
    "night": ((20, 26, 52), (52, 62, 104), (26, 36, 66), (14, 18, 34), (250, 220, 150)),
}


def mix(a, b, t):
    return tuple(round(x + (y - x) * t) for x, y in zip(a, b))


def box(rows, left, top, right, bottom, colour):
    for y in range(max(0, top), min(HEIGHT, bottom)):
        for x in range(max(0, left), min(WIDTH, right)):
            rows[y][x] = colour


def disc(rows, cx, cy, radius, colour):
    for y in range(max(0, cy - radius), min(HEIGHT, cy + radius + 1)):
        half = math.isqrt(radius * radius - (y - cy) ** 2)
        box(rows, cx - half, y, cx + half + 1, y + 1, colour)


# Colours: 0-7 sky, 8 far hills, 9 water, 10 dark, 11 light, 12 near hills, 13 glint.
def thing(rows, what, dice):
    if what == "arches":
        box(rows, 0, 138, WIDTH, 146, 10)
        for x in range(20, WIDTH, 88):
            box(rows, x, 120, x + 10, 205, 10)
            for d in range(88):
                box(rows, x + d, 138 - round(26 * math.cos(d / 88 * 2 * math.pi)) // 2, x + d + 1, 140, 10)
    elif what == "stalls":
        for x in range(24, WIDTH - 70, 92):
            box(rows, x, 176, x + 70, 236, 10)
            box(rows, x - 6, 166, x + 76, 178, 12)
            for lamp in range(3):
                disc(rows, x + 14 + lamp * 22, 188, 5, 11)
    elif what == "windows":
        box(rows, 90, 80, 390, 240, 10)
        for y in range(96, 220, 30):
            for x in range(106, 376, 34):
                box(rows, x, y, x + 18, y + 18, 11 if dice.random() < 0.45 else 12)
    elif what == "mark":
        box(rows, 226, 70, 254, 246, 10)
        for y in range(82, 240, 14):
            box(rows, 230, y, 250, y + 5, 11)
    elif what == "reeds":
        for _ in range(70):
            x, tall = dice.randrange(WIDTH), dice.randrange(40, 105)
            for d in range(tall):
                box(rows, x + d * d // 700, HEIGHT - d, x + d * d // 700 + 2, HEIGHT - d + 1, 10)
    elif what == "shelves":
        for shelf in range(3):
            x, floor = 60, 100 + shelf * 62
            while x < 410:
                wide, tall = dice.randrange(7, 20), dice.randrange(30, 50)
                box(rows, x, floor - tall, x + wide, floor, dice.choice((10, 11, 12, 9)))
                x += wide + 2
            box(rows, 50, floor, 430, floor + 6, 10)
    elif what == "boat":
        for d in range(34):
            box(rows, 120 + d, 186 + d, 370 - d, 187 + d, 10)
        box(rows, 170, 158, 320, 186, 11)
        for x in range(180, 312, 22):
            box(rows, x, 165, x + 12, 177, 9)
        box(rows, 262, 128, 284, 158, 12)
    elif what == "tower":
        for d in range(130):
            box(rows, 330 - 12 - d // 9, 70 + d, 330 + 12 + d // 9, 71 + d, 11 if (d // 26) % 2 == 0 else 10)
        box(rows, 316, 52, 344, 70, 10)
        disc(rows, 330, 61, 7, 11)
    elif what == "tram":
        box(rows, 0, 232, WIDTH, 236, 10)
        box(rows, 150, 118, 330, 224, 12)
        for x in range(160, 318, 28):
            box(rows, x, 130, x + 20, 156, 11)
            box(rows, x, 172, x + 20, 198, 11)
        disc(rows, 188, 226, 10, 10)
        disc(rows, 292, 226, 10, 10)
    elif what == "goal":
        box(rows, 0, 150, WIDTH, HEIGHT, 12)
        box(rows, 130, 100, 136, 220, 11)
        box(rows, 344, 100, 350, 220, 11)
        box(rows, 130, 100, 350, 106, 11)
        disc(rows, 262, 228, 9, 11)
    elif what == "oven":
        box(rows, 110, 110, 370, 246, 12)
        disc(rows, 240, 190, 56, 10)
        disc(rows, 240, 204, 36, 11)
        box(rows, 170, 226, 310, 246, 12)


def draw(name, light, what):
    dice = random.Random(name)
    high, low, water, dark, bright = LIGHTS[light]
    palette = [mix(high, low, i / 7) for i in range(8)]
    palette += [mix(dark, low, 0.45), water, dark, bright, mix(dark, water, 0.35), mix(water, bright, 0.35)]
    rows = [[min(7, y * 8 // HORIZON)] * WIDTH if y < HORIZON else [9] * WIDTH for y in range(HEIGHT)]
    disc(rows, dice.randrange(60, 420), dice.randrange(40, 90), 22, 11)
    for colour, base, swing in ((8, 42, 24), (12, 18, 14)):
        shift, pace = dice.random() * 9, dice.uniform(0.008, 0.02)
        for x in range(WIDTH):
            tall = base + swing * math.sin(x * pace + shift) * math.cos(x * pace * 0.37)
            box(rows, x, HORIZON - max(0, round(tall)), x + 1, HORIZON, colour)
    for _ in range(60):
        x, y = dice.randrange(WIDTH), dice.randrange(HORIZON + 4, HEIGHT)
        box(rows, x, y, x + dice.randrange(8, 40), y + 1, 13)
    thing(rows, what, dice)
    # Two pixels a byte (bit depth 4), filter 0: flat colours compress best so.
    packed = b"".join(b"\0" + bytes(row[x] << 4 | row[x + 1] for x in range(0, WIDTH, 2)) for row in rows)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 4, 3, 0, 0, 0))
            + chunk(b"PLTE", bytes(v for colour in palette for v in colour))
            + chunk(b"IDAT", zlib.compress(packed, 9)) + chunk(b"IEND", b""))


if __name__ == "__main__":
    folder = pathlib.Path(__file__).parent / "pages" / "images"
    for scene, (light, what) in SCENES.items():
        (folder / f"{scene}.png").write_bytes(draw(scene, light, what))
