"""Encrypting a file as a whole with a passphrase."""
