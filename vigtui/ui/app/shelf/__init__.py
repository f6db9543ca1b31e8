"""The shelf in the app: shown and covered; what the person's own passphrase opens."""
