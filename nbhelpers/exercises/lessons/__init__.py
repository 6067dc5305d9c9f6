"""The exercises themselves, a file for each lesson, and the catalogue of all of them."""
