"""A slider's view may round a value while it is being set; the picture must follow all the same."""

import pytest


def test_the_picture_follows_every_value_of_a_slider(on_page):
    explorer = on_page("uncrumple")
    for value in [*explorer.model.controls["depth"].values()[::5], 4, 5]:
        explorer.set({"depth": value})
        assert explorer.painted()["state"]["depth"] == pytest.approx(value)
    explorer.reset()
