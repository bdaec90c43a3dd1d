"""A shift does not move away from somebody whom its gate has let in already: they would be
credited for a time at which nobody saw them come.

Revision ID: 0007
Revises: 0006
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NAME = "nobody_came_before_the_gate_opens"
SINCE = {
    "sqlite": "unixepoch(NEW.starts_at) - unixepoch(a.checked_in_at)",
    "postgresql": "EXTRACT(EPOCH FROM NEW.starts_at - a.checked_in_at)",
}
# The gate opens two hours before the shift.
WRONG = """EXISTS (SELECT 1 FROM attendances a WHERE a.shift_id = NEW.id
AND a.state IN ('present', 'left') AND {since} > 7200)"""


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    before = f"CREATE TRIGGER {NAME} BEFORE UPDATE OF starts_at ON shifts"
    when, wrong = "NEW.starts_at > OLD.starts_at", WRONG.format(since=SINCE[dialect])
    if dialect == "sqlite":
        op.execute(f"""{before} WHEN {when} BEGIN
        SELECT RAISE(ABORT, '{NAME}') WHERE {wrong}; END""")
        return
    op.execute(f"""CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF {wrong} THEN RAISE EXCEPTION '{NAME}'
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
    RETURN NEW; END $$""")
    op.execute(f"{before} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {NAME}()")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {NAME}")
    else:
        op.execute(f"DROP FUNCTION {NAME}() CASCADE")
