"""What goes when something is removed or erased, in words."""
