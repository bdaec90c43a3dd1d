"""Thanks: a word to everybody who came to a shift."""
