"""The board, an event, and what a person sees first."""
