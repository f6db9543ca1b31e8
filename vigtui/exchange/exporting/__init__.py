"""What leaves for other tools: gathered as consent allows, told, and then written."""
