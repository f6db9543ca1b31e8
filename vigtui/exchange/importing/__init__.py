"""What files of other tools become here: planned, looked at, and then made as one step."""
