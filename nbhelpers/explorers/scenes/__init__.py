"""One explorer a file: ``name.py`` in Python, and ``name.js`` for the browser."""
