"""On a laptop's screen, 1366 x 768, an explorer is seen whole: its controls, picture and answer."""

import pytest
from driver import NAMES, states_of

pytestmark = pytest.mark.slow

TALLEST = 480  # pixels: what JupyterLab leaves for a cell's output and the task above it
LEFT = "() => jupyterapp.commands.execute('application:toggle-left-area')"


@pytest.fixture(params=["files hidden", "files shown"], scope="module")
def laptop(page, request):
    """The page in a window of that size, with and without the list of files beside the notebook."""
    page.set_viewport_size({"width": 1366, "height": 768})
    shown = request.param == "files shown"
    if shown:
        page.evaluate(LEFT)
    page.wait_for_timeout(400)
    yield request.param
    if shown:
        page.evaluate(LEFT)
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.wait_for_timeout(400)


BOTTOM = """(box) => Math.max(...[box, ...box.querySelectorAll('canvas, .nbx-text, .nbx-bar, \
.widget-vbox > *')].map((el) => el.getBoundingClientRect().bottom)) -
    box.getBoundingClientRect().top"""


@pytest.mark.parametrize("name", NAMES)
def test_it_is_seen_whole(laptop, on_page, name):
    explorer, heights = on_page(name), []
    for state in [explorer.model.start, *states_of(explorer.model, count=6)]:
        explorer.set(state)
        heights.append(explorer.box.evaluate(BOTTOM))
    print(f"{name}, {laptop}: {heights[0]:.0f} px, at most {max(heights):.0f}")
    assert max(heights) <= TALLEST
    assert explorer.cut_labels() == []
