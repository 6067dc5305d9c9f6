"""Numbers as words, written alike in Python and in the browser (``scene.js`` has their twins)."""

import math


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


def vector(values: object, digits: int = 2) -> str:
    """Return numbers in brackets, ``[1.00, 0.00]``."""
    return "[" + ", ".join(fixed(float(value), digits) for value in values) + "]"  # type: ignore[attr-defined]
