"""How a picture reaches a terminal: as cells with little to send, or as pixels."""
