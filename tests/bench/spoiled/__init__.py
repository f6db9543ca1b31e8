"""The long proof that a spoiled file is opened with findings, or refused with a sentence."""
