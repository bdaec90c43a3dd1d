"""Rosters: lists of people on paper and in Excel, out and in."""
