"""The routes of this slice."""

from volboard.certificates import desk_views, my_views, proof_views, verify_views
from volboard.certificates.blueprint import bp

__all__ = ["bp", "desk_views", "my_views", "proof_views", "verify_views"]
