"""What is drawn before Textual is there. Nothing in this room may import it, directly or through others."""
