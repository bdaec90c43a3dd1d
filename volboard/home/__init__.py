"""What a person sees first: the board, an event, their own page, the organizer's desk."""
