"""A photo of a digit, chosen or dropped on a page that was opened from a folder."""

import runpy

import pytest
from parts import EXPLORERS

DIGITS = runpy.run_path(str(EXPLORERS.parent / "datasets" / "handwriting.py"))
pytestmark = pytest.mark.slow
ANSWER = "([scene, digit]) => scene.nbx.painted.arrays.answer === digit"


@pytest.fixture
def photos():
    """Pictures of a photo's kind, as files, by their digits."""
    return {digit: data for data, digit in DIGITS["pictures"]("photo", 10, seed=3)}


def test_a_photo_is_read_on_the_front_page_of_a_folder(sites, open_page, photos):
    page = open_page((sites / "course" / "index.html").as_uri())
    page.wait_for_function("() => document.querySelector('.nbx-scene')?.nbx?.painted.count")
    scene = page.query_selector(".nbx-scene")
    assert scene.evaluate("(el) => el.nbx.painted.arrays.answer") == -1
    for digit in (2, 7):
        with page.expect_file_chooser() as chooser:
            page.click("text=Open a picture")
        file = {"name": "a.png", "mimeType": "image/png", "buffer": photos[digit]}
        chooser.value.set_files(file)
        page.wait_for_function(ANSWER, arg=[scene, digit])
    assert page.errors == []
    assert all(request.startswith(("file:", "blob:", "data:")) for request in page.requests)
