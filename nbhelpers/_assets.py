"""Where the files that ship with the package lie."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """Return the path of a bundled file.

    Parameters
    ----------
    name : str
        File name inside ``assets/``, for example ``"digits.npz"``.

    Returns
    -------
    pathlib.Path
        Absolute path of an existing file.

    Raises
    ------
    FileNotFoundError
        If no such file is bundled.

    Examples
    --------
    >>> path("digits.npz").name
    'digits.npz'
    """
    # A wheel carries assets/ inside the package; a working copy keeps it beside the package.
    # Inside comes first: next to an installed package, `assets` may belong to somebody else.
    places = (_PACKAGE / "assets" / name, _PACKAGE.parent / "assets" / name)
    for place in places:
        if place.is_file():
            return place
    raise FileNotFoundError(
        f"name must be a bundled file. Received: {name!r}; "
        f"looked for {' and '.join(str(place) for place in places)}."
    )
