"""The venue's codes, which people scan themselves: on a screen they let in, on paper they ask."""
