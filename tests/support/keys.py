"""The secrets of every installation that a test makes, so that one may take over another's
database."""

SITE_KEY = "a key of the site for tests only"
SEAL_KEY = "a key for seals, for tests alone!"
GATEWAY_KEY = "a key for the gateway, for tests"
