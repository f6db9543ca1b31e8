"""What is measured, as data: a figure, how it is printed and written, and how two runs are compared."""
