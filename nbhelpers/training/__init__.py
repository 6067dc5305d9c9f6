"""How `Sequential` learns, stops, describes itself, and is kept: what serves it, a room a task."""
