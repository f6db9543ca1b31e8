"""The caseload's file: reading, saving, undo, backups. `Caseload` is the one door."""
