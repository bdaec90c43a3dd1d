"""`python -m volboard` is the `volboard` command."""

from volboard.cli import main

main()
