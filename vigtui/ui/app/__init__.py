"""The app: routes between screens, opening, saving, locking."""
