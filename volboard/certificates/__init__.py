"""Numbered proofs of service that a stranger can check."""
