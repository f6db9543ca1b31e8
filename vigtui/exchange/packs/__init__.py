"""Packs: a part of a caseload with its clips, for somebody else."""
