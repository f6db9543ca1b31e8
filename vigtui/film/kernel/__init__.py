"""What a picture costs beyond decoding, compiled, where a compiler was when vigtui was built.

`kernel.c` does what `picture/fitting.py`, `terminal/grid.py` and `terminal/pen.py` do in numpy, which goes on
where there is no library. Sizes and kinds of arrays are checked here, before a call.
"""
