"""Numbers and sentences, written alike in Python and in the browser (``words.js``)."""

import math
import re
from collections.abc import Iterable

FIELD = re.compile(r"\{(\w+)(?::\.(\d)([fe]))?\}")


def fixed(value: float, digits: int = 2) -> str:
    """Return a number with fixed decimals, a true minus sign, and never "-0.00".

    The tiny push away from zero decides ties, so that the last bit of a result never shows.

    Examples
    --------
    >>> fixed(-0.001), fixed(0.125), fixed(-1.5, 1), fixed(float("inf"))
    ('0.00', '0.13', '−1.5', '∞')
    """
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if abs(value) >= 1e15:
        return scientific(value, digits)
    text = f"{value + math.copysign(1e-9, value):.{digits}f}"
    return text.replace("-", "−" if float(text) else "")


def scientific(value: float, digits: int = 2) -> str:
    """Return a number as a power of ten, ``1.50e-05``; 0 is "0".

    Examples
    --------
    >>> scientific(0.0000151), scientific(0)
    ('1.51e−05', '0')
    """
    if not math.isfinite(value) or value == 0:
        return fixed(value, 0)
    return f"{value * (1 + 1e-12):.{digits}e}".replace("-", "−")


def say(template: str, /, **values: object) -> str:
    """Fill the fields of a sentence.

    Parameters
    ----------
    template : str
        ``{name}`` is the value as it is, a string or a whole number; ``{name:.2f}`` a number as
        `fixed` writes it, ``{name:.2e}`` as `scientific` does. Several numbers stand in brackets.

    Examples
    --------
    >>> say("{who} at {place:.1f}: {rate:.0e}.", who="It", place=[1, -0.5], rate=0.001)
    'It at [1.0, −0.5]: 1e−03.'
    """

    def written(field: re.Match[str]) -> str:
        name, digits, kind = field.groups()
        return str(values[name]) if digits is None else _written(values[name], int(digits), kind)

    return FIELD.sub(written, template)


def fields(template: str) -> set[str]:
    """Return the names of a sentence's fields."""
    return {name for name, _, _ in FIELD.findall(template)}


def _written(value: object, digits: int, kind: str) -> str:
    if isinstance(value, Iterable):
        return f"[{', '.join(_written(part, digits, kind) for part in value)}]"
    number = float(value)  # type: ignore[arg-type]
    return fixed(number, digits) if kind == "f" else scientific(number, digits)
