"""The colours of the course, in one place: figures, explorers, curves and answers use them.

Okabe and Ito's palette, the colours of which stay apart for colour-blind eyes, with a red that
looks red in the place of their vermilion (farther from the orange). A second cue goes with each.
"""

COLORS = {
    "blue": "#0072B2",
    "red": "#D7301F",
    "green": "#009E73",
    "pink": "#CC79A7",
    "orange": "#E69F00",
    "sky": "#56B4E9",
    "ink": "#000000",
}
