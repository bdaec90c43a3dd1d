"""Seats, the waiting list, and giving a place back."""
