"""The entry for a WSGI server and for `flask --app wsgi`."""

from volboard.app import create_app

app = create_app()
