"""Digits in eight handwritings, as strokes, and the papers, lights and cameras that they meet.

Everything is made by program, so that pictures of any size and any disturbance can be had, and so
that the strokes are known: the same ones can be drawn in the explorer.

``python tests/datasets/handwriting.py`` prints how many are read right, kind by kind.
"""

import io
import itertools

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

STYLES = 8


def arc(x, y, rx, ry, start, end, n=24):
    """Part of an ellipse, from one angle to another: 0 is right, 90 is down, in degrees."""
    angle = np.radians(np.linspace(start, end, n))
    return np.stack([x + rx * np.cos(angle), y + ry * np.sin(angle)], axis=1)


def line(*points):
    return np.array(points, dtype=float)


def curve(*points, n=12):
    """A smooth line through the points (Catmull-Rom)."""
    p = np.array([points[0], *points, points[-1]], dtype=float)
    t = np.linspace(0, 1, n)[:, None]
    parts = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2)
        + 0.5 * (3 * b - a - 3 * c + d) * t**3
        for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False)
    ]
    return np.concatenate(parts)


def join(*parts):
    return np.concatenate(parts)


ZEROS = [
    [arc(0.5, 0.5, 0.32, 0.5, -90, 270)],
    [arc(0.5, 0.5, 0.26, 0.5, -60, -420)],
    [arc(0.5, 0.5, 0.4, 0.48, -100, -450)],
    [
        curve(
            (0.6, 0.03), (0.28, 0.2), (0.18, 0.6), (0.42, 0.98), (0.75, 0.75), (0.8, 0.3), (0.5, 0)
        )
    ],
]
ONES = [
    [line((0.5, 0), (0.5, 1))],
    [line((0.32, 0.22), (0.52, 0), (0.52, 1))],
    [line((0.62, 0), (0.42, 1))],
    [line((0.36, 0.16), (0.5, 0), (0.5, 1)), line((0.3, 1), (0.7, 1))],
]
TWOS = [
    [join(arc(0.5, 0.28, 0.33, 0.28, -165, 30), line((0.15, 1), (0.88, 1)))],
    [
        curve((0.18, 0.25), (0.45, 0), (0.78, 0.2), (0.62, 0.55), (0.15, 1)),
        line((0.15, 1), (0.9, 0.97)),
    ],
    [
        curve(
            *((0.2, 0.2), (0.5, 0), (0.8, 0.22), (0.55, 0.65), (0.25, 0.96), (0.12, 0.86)),
            *((0.3, 0.8), (0.6, 0.98), (0.9, 0.9)),
        )
    ],
    [line((0.2, 0.1), (0.55, 0.0), (0.8, 0.2), (0.7, 0.45), (0.15, 0.98), (0.85, 0.98))],
]
THREES = [
    [join(arc(0.45, 0.26, 0.33, 0.26, -150, 90), arc(0.45, 0.75, 0.38, 0.25, -90, 150))],
    [
        curve(
            (0.2, 0.08),
            (0.6, 0.02),
            (0.72, 0.25),
            (0.42, 0.47),
            (0.8, 0.7),
            (0.6, 0.98),
            (0.15, 0.9),
        )
    ],
    [join(line((0.2, 0.03), (0.78, 0.03), (0.45, 0.4)), arc(0.42, 0.7, 0.38, 0.3, -80, 140))],
    [join(arc(0.42, 0.24, 0.3, 0.24, -140, 70), arc(0.42, 0.72, 0.42, 0.28, -75, 130))],
]
FOURS = [
    [line((0.3, 0.02), (0.15, 0.58), (0.88, 0.58)), line((0.68, 0.2), (0.66, 1))],
    [line((0.7, 1), (0.7, 0), (0.12, 0.68), (0.92, 0.68))],
    [curve((0.25, 0), (0.2, 0.3), (0.25, 0.52), (0.8, 0.5)), line((0.8, 0.02), (0.76, 1))],
    [line((0.22, 0), (0.2, 0.5), (0.8, 0.46)), line((0.74, 0.05), (0.7, 1))],
]
FIVES = [
    [line((0.8, 0.02), (0.3, 0.02), (0.25, 0.42)), arc(0.42, 0.68, 0.4, 0.31, -115, 140)],
    [join(line((0.78, 0), (0.28, 0.03), (0.22, 0.45)), arc(0.42, 0.7, 0.38, 0.3, -120, 130))],
    [
        join(line((0.3, 0.05), (0.25, 0.45)), arc(0.42, 0.69, 0.38, 0.3, -115, 135)),
        line((0.32, 0.04), (0.82, 0.0)),
    ],
    [
        curve(
            (0.8, 0.02),
            (0.35, 0.03),
            (0.28, 0.4),
            (0.6, 0.42),
            (0.8, 0.7),
            (0.5, 0.99),
            (0.15, 0.9),
        )
    ],
]
SIXES = [
    [join(curve((0.65, 0), (0.32, 0.3), (0.17, 0.65)), arc(0.47, 0.72, 0.3, 0.27, 190, -170))],
    [curve((0.55, 0), (0.25, 0.4), (0.2, 0.8), (0.5, 1), (0.76, 0.78), (0.55, 0.55), (0.22, 0.75))],
    [join(line((0.35, 0), (0.2, 0.65)), arc(0.48, 0.73, 0.3, 0.27, 200, -150))],
    [
        curve(
            (0.7, 0.04), (0.4, 0.12), (0.2, 0.6), (0.4, 0.99), (0.75, 0.8), (0.6, 0.56), (0.24, 0.7)
        )
    ],
]
SEVENS = [
    [line((0.14, 0.03), (0.84, 0.03), (0.42, 1))],
    [line((0.14, 0.03), (0.84, 0.03), (0.42, 1)), line((0.32, 0.5), (0.82, 0.47))],
    [line((0.16, 0.16), (0.18, 0.03), (0.84, 0.03), (0.5, 0.5), (0.4, 1))],
    [curve((0.13, 0.1), (0.4, 0.04), (0.85, 0.03), (0.6, 0.45), (0.45, 1))],
]
EIGHTS = [
    [arc(0.5, 0.25, 0.26, 0.25, 90, 450), arc(0.5, 0.74, 0.33, 0.26, -90, 270)],
    [
        curve(
            *((0.72, 0.12), (0.45, 0), (0.25, 0.2), (0.5, 0.46), (0.78, 0.75), (0.5, 1)),
            *((0.22, 0.77), (0.48, 0.47), (0.75, 0.22), (0.7, 0.08)),
        )
    ],
    [arc(0.5, 0.27, 0.24, 0.27, 90, 460), arc(0.48, 0.76, 0.28, 0.24, -90, 280)],
    [
        curve(
            *((0.5, 0.46), (0.25, 0.22), (0.5, 0), (0.74, 0.22), (0.5, 0.46), (0.2, 0.76)),
            *((0.5, 1), (0.8, 0.76), (0.5, 0.46)),
        )
    ],
]
NINES = [
    [join(arc(0.48, 0.28, 0.3, 0.28, -10, -370), line((0.78, 0.28), (0.72, 1)))],
    [join(arc(0.48, 0.28, 0.3, 0.28, -20, -365), curve((0.78, 0.3), (0.74, 0.75), (0.4, 1)))],
    [join(arc(0.5, 0.27, 0.27, 0.27, -30, -380), curve((0.76, 0.3), (0.7, 0.6), (0.5, 1)))],
    [
        curve(
            (0.75, 0.15), (0.45, 0), (0.22, 0.28), (0.45, 0.52), (0.75, 0.2), (0.72, 0.6), (0.66, 1)
        )
    ],
]
SHAPES = [ZEROS, ONES, TWOS, THREES, FOURS, FIVES, SIXES, SEVENS, EIGHTS, NINES]

SLANT = [0.0, 0.12, 0.25, -0.08, 0.05, 0.3, 0.15, 0.0]
WIDE = [1.0, 0.85, 0.75, 1.1, 0.7, 0.9, 1.0, 0.8]


def strokes(digit, style, rng):
    """Return the strokes of a digit in one of the eight handwritings, no two times the same.

    x and y are in 0..1, about; x is narrower than y.
    """
    shape = SHAPES[digit][(style + digit) % 4 if style < 4 else (style * 3 + digit) % 4]
    wide = WIDE[style] * 0.68 * rng.uniform(0.92, 1.08)
    slant, turn = SLANT[style] + rng.normal(0, 0.04), rng.normal(0, 0.04)
    result = []
    for stroke in shape:
        p = (stroke - 0.5) * [wide, 1]
        p[:, 0] -= slant * p[:, 1]
        p = p @ [[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]
        # A hand is not steady: slow waves, and each stroke a little out of its place.
        waves = sum(
            rng.normal(0, 0.008, 2)
            * np.sin(k * np.linspace(0, np.pi, len(p)) + rng.uniform(0, 6))[:, None]
            for k in (1, 2, 3)
        )
        result.append(p + waves + rng.normal(0, 0.008, 2) + 0.5)
    return result


def ink(paths, size, part=0.6, pen=0.08, place=(0.5, 0.5)):
    """Draw strokes: how much of each pixel is ink, (size, size), 0..1.

    ``part`` is the height of the digit in the picture; ``pen`` the width of the line in parts of
    the digit; ``place`` where the middle of the digit is.
    """
    fine = max(1, min(8, 2000 // size))
    image = Image.new("L", (size * fine, size * fine))
    draw = ImageDraw.Draw(image)
    height = part * size * fine
    radius = max(0.5, pen * height / 2)
    for path in paths:
        points = (path - 0.5) * height + np.array(place) * size * fine
        dense = points[[0]]
        for a, b in itertools.pairwise(points):
            n = max(2, int(np.hypot(*(b - a)) / max(1, radius / 3)))
            dense = np.concatenate([dense, a + (b - a) * np.linspace(0, 1, n)[1:, None]])
        for x, y in dense:
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(image.reduce(fine) if fine > 1 else image, dtype=float) / 255


def colour(mask, pen=(35, 38, 45), paper=(236, 234, 228)):
    """Colour ink and paper: (height, width, 3), 0..255."""
    pen, paper = np.array(pen, float), np.array(paper, float)
    return paper + mask[..., None] * (pen - paper)


def slanted_light(picture, rng, least=0.4):
    """Light from one side: the far side is much darker."""
    h, w = picture.shape[:2]
    y, x = np.mgrid[0:h, 0:w] / max(h, w)
    angle = rng.uniform(0, 2 * np.pi)
    ramp = x * np.cos(angle) + y * np.sin(angle)
    ramp = (ramp - ramp.min()) / np.ptp(ramp)
    return picture * (least + (1 - least) * ramp)[..., None]


def shadow(picture, rng, depth=0.45, soft=0.02):
    """The straight edge of a shadow, as of the hand that holds the camera."""
    h, w = picture.shape[:2]
    y, x = np.mgrid[0:h, 0:w] / max(h, w)
    angle, place = rng.uniform(0, 2 * np.pi), rng.uniform(-0.15, 0.15)
    far = (x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle) - place
    return picture * (1 - depth / (1 + np.exp(-far / soft)))[..., None]


def noise(picture, rng, sigma=18):
    """Grain, as of a photo in the dark."""
    return picture + rng.normal(0, sigma, picture.shape)


def blur(picture, rng, part=0.012):
    """Out of focus."""
    image = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))
    radius = part * max(picture.shape)
    return np.asarray(image.filter(ImageFilter.GaussianBlur(radius)), dtype=float)


def ruled(picture, rng, step=0.11, strength=0.3, squared=False, tint=(1.0, 0.7, 0.25)):
    """Lines under the ink, a little turned; blue ones if nothing else is asked for."""
    h, w = picture.shape[:2]
    y, x = np.mgrid[0:h, 0:w].astype(float)
    turn, size = rng.normal(0, 0.02), max(h, w)
    width = max(1.0, 0.004 * size)
    result = picture.copy()
    for along in (y + turn * x, x - turn * y)[: 2 if squared else 1]:
        on = (along + rng.uniform(0, step * size)) % (step * size) < width
        result *= 1 - strength * on[..., None] * np.array(tint)
    return result


def specks(picture, rng, count=25):
    """Crumbs and fibres of the paper."""
    result, size = picture.copy(), max(picture.shape)
    for _ in range(count):
        r = max(1, int(size * rng.uniform(0.001, 0.004)))
        y, x = (int(rng.integers(0, n - r)) for n in picture.shape[:2])
        result[y : y + r, x : x + r] *= 0.5
    return result


def jpeg(picture, quality=35):
    """What a file of few bytes keeps of a picture."""
    stream = io.BytesIO()
    pixels = np.clip(picture, 0, 255).astype(np.uint8)
    Image.fromarray(pixels).save(stream, "JPEG", quality=quality)
    return stream.getvalue()


def png(picture):
    stream = io.BytesIO()
    Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)).save(stream, "PNG")
    return stream.getvalue()


def plain(paths, rng, size=400, **how):
    """A clean drawing on paper, somewhere in the picture."""
    colours = {key: how.pop(key) for key in ("pen_colour", "paper_colour") if key in how}
    place = 0.5 + rng.uniform(-0.12, 0.12, 2)
    mask = ink(paths, size, place=place, **{"part": rng.uniform(0.45, 0.65), **how})
    return colour(
        mask,
        colours.get("pen_colour", (35, 38, 45)),
        colours.get("paper_colour", (236, 234, 228)),
    )


def on_a_desk(picture, rng):
    """A darker desk around the paper."""
    h, w = picture.shape[:2]
    desk = np.array((110.0, 80.0, 55.0)) + rng.normal(0, 6, (int(1.4 * h), int(1.4 * w), 1))
    top, left = (int(rng.uniform(0.02, 0.38) * n) for n in (h, w))
    desk[top : top + h, left : left + w] = picture
    return desk


KINDS = {
    "undisturbed": lambda s, r: plain(s, r),
    "slanted light": lambda s, r: slanted_light(plain(s, r), r),
    "strong slanted light": lambda s, r: slanted_light(plain(s, r), r, 0.2),
    "shadow": lambda s, r: shadow(plain(s, r), r),
    "hard shadow": lambda s, r: shadow(plain(s, r), r, 0.5, 0.003),
    "noise": lambda s, r: noise(plain(s, r), r),
    "blur": lambda s, r: blur(plain(s, r), r),
    "ruled paper": lambda s, r: ruled(plain(s, r), r),
    "squared paper": lambda s, r: ruled(plain(s, r), r, 0.07, squared=True),
    "specks": lambda s, r: specks(plain(s, r), r),
    "blue ink": lambda s, r: plain(s, r, pen_colour=(40, 70, 170)),
    "red ink": lambda s, r: plain(s, r, pen_colour=(200, 40, 40)),
    "green ink": lambda s, r: plain(s, r, pen_colour=(30, 140, 70)),
    "orange ink": lambda s, r: plain(s, r, pen_colour=(240, 150, 40)),
    "pencil": lambda s, r: noise(plain(s, r, pen_colour=(150, 150, 150), pen=0.04), r, 5),
    "yellow paper": lambda s, r: plain(s, r, paper_colour=(250, 235, 120)),
    "thin": lambda s, r: plain(s, r, pen=0.025),
    "thick": lambda s, r: plain(s, r, pen=0.17),
    "light on dark": lambda s, r: plain(
        s, r, pen_colour=(240, 240, 235), paper_colour=(30, 50, 40)
    ),
    "chalk, slanted light": lambda s, r: slanted_light(
        noise(plain(s, r, pen_colour=(225, 225, 220), paper_colour=(50, 75, 60)), r, 8), r
    ),
    "small in the picture": lambda s, r: plain(s, r, size=800, part=0.12),
    "fills the picture": lambda s, r: plain(s, r, part=0.75),
    "40 pixels": lambda s, r: plain(s, r, size=40),
    "100 pixels": lambda s, r: plain(s, r, size=100),
    "1600 pixels": lambda s, r: plain(s, r, size=1600),
    "on a desk": lambda s, r: on_a_desk(plain(s, r), r),
    "pencil, hard shadow": lambda s, r: shadow(
        plain(s, r, pen_colour=(130, 130, 130), pen=0.05), r, 0.5, 0.003
    ),
    "photo": lambda s, r: noise(
        blur(shadow(slanted_light(ruled(plain(s, r, size=700), r), r), r, 0.3), r, 0.003), r, 7
    ),
    "lines as dark as ink": lambda s, r: ruled(plain(s, r), r, strength=0.85, tint=(1, 1, 1)),
    "squares as dark as ink": lambda s, r: ruled(
        plain(s, r), r, 0.07, strength=0.85, squared=True, tint=(1, 1, 1)
    ),
}
"""Name of a disturbance to a function of strokes and a generator that gives the picture."""


def pictures(kind, count, seed=0):
    """Yield ``count`` pictures of one kind, as files, each with its digit."""
    rng = np.random.default_rng([seed, list(KINDS).index(kind)])
    for k in range(count):
        digit, style = k % 10, (k // 10 + k) % STYLES
        picture = KINDS[kind](strokes(digit, style, rng), rng)
        yield (png if k % 2 else jpeg)(picture), digit


def mnist_on_paper(count, seed=0):
    """Yield test images of MNIST, blown up and put on paper, each with its label."""
    from nbhelpers import datasets

    data, rng = datasets.load("mnist", fallback="digits"), np.random.default_rng(seed)
    for k in rng.choice(len(data.x_test), count, replace=False):
        size = int(rng.integers(120, 400))
        image = Image.fromarray(data.x_test[k]).resize((size, size), Image.Resampling.BICUBIC)
        mask, (top, left) = np.zeros((500, 500)), rng.integers(0, 500 - size, 2)
        mask[top : top + size, left : left + size] = np.asarray(image) / 255
        yield png(colour(mask)), int(data.y_test[k])


def drawn(count, seed=0, height=20):
    """Yield what the explorer makes of strokes drawn on its paper, this high, with their digit."""
    from nbhelpers.explorers import draw_digit
    from nbhelpers.explorers.scenes.parts.draw_digit_pen import write_ink

    paper, rng = draw_digit(), np.random.default_rng(seed)
    for k in range(count):
        digit, style = k % 10, (k // 10) % STYLES
        paths = [14 + height * (path - 0.5) for path in strokes(digit, style, rng)]
        yield paper.arrays({"ink": write_ink(paths)})["seen"], digit


def learned():
    """Train the network of lesson 08, as a learner does."""
    from nbhelpers import Sequential, datasets, layers
    from nbhelpers.utils import to_categorical

    data = datasets.load("mnist", fallback="digits")
    network = Sequential(seed=0)
    network.add(layers.Dense(512, activation="relu", input_shape=(784,)))
    network.add(layers.Dense(10, activation="softmax"))
    network.compile("rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
    x = data.x_train.reshape(-1, 784).astype("float32") / 255
    network.fit(x, to_categorical(data.y_train), batch_size=128, epochs=5, verbose=0)
    return network


def measure(count):
    """Print a table: how many pictures of each kind both networks read right."""
    from nbhelpers import datasets, models

    networks = [models.load_digits_network(), learned()]
    kinds = {kind: pictures(kind, count) for kind in KINDS}
    kinds |= {"MNIST on paper": mnist_on_paper(count), "drawn in the explorer": drawn(80)}
    print(f"{'kind':24}   of  shipped  lesson 08  refused")
    total = np.zeros(4, int)
    for kind, files in kinds.items():
        row = np.zeros(4, int)
        for file, digit in files:
            try:
                seen = datasets.read_digit(file) if isinstance(file, bytes) else file
                says = [network.predict(seen.reshape(1, 784)).argmax() for network in networks]
                row += [1, *(said == digit for said in says), 0]
            except ValueError:
                row += [1, 0, 0, 1]
        total += row
        print(f"{kind:24} {row[0]:4} {row[1]:8} {row[2]:10} {row[3]:8}", flush=True)
    print(f"{'all':24} {total[0]:4} {total[1]:8} {total[2]:10} {total[3]:8}")


if __name__ == "__main__":
    import sys

    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
