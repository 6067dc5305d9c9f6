"""What a picture is made of, in Python and beside it in JavaScript, under the same names."""
