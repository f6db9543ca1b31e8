"""The smallest window that every screen and dialog is made for."""

LEAST_COLUMNS, LEAST_ROWS = 40, 15
