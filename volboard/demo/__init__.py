"""Demonstration data: a year of two communities, made by the real commands."""
