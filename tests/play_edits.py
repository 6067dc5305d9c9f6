"""Numbers that a learner may change: lesson, cell, what stands there, what is put in its place."""

EDITS = [
    ("00", "f6bed3b5", "scale_x=1", "scale_x=2"),
]
