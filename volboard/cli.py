"""The command line: `volboard --help`."""

import click
from flask.cli import FlaskGroup

from volboard.app import create_app
from volboard.serving import prepare, serve


@click.group(cls=FlaskGroup, create_app=create_app, add_version_option=False)
def main() -> None:
    """Run and look after a volboard."""


main.add_command(prepare)
main.add_command(serve)
