"""How long what is kept is kept. The page /privacy says each of these."""

from datetime import timedelta

LOG_DAYS = 200
"""Who looked at a number: six months at the least by the Cybersecurity Law, art. 21 (3)."""
MESSAGE_DAYS = 365
BACKUP_DAYS = 30
CODE_DAYS = 30
AWAY_DAYS = 3 * 365
"""Who did not sign up, come or change anything for so long is told, and then deleted."""
TOLD_DAYS = 30
"""How long before."""

LOGS_LAST = timedelta(days=LOG_DAYS)
MESSAGES_LAST = timedelta(days=MESSAGE_DAYS)
BACKUPS_LAST = timedelta(days=BACKUP_DAYS)
CODES_LAST = timedelta(days=CODE_DAYS)
AWAY_FOR = timedelta(days=AWAY_DAYS)
TOLD_BEFORE = timedelta(days=TOLD_DAYS)
