"""The caseload's file: reading, saving, undo, backups. `Caseload` is the only way in."""
