"""Dialogs: async functions that ask and return an answer."""
