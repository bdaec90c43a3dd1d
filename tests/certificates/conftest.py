"""A proof to check, to print and to tamper with."""

import pytest
from flask import Flask

from tests.certificates.service import a_service, proof_of
from tests.support.cast import MAI


@pytest.fixture
def number(app: Flask) -> str:
    """The number of Mai's proof of 120 minutes."""
    with app.app_context():
        a_service(MAI)
        return proof_of()
