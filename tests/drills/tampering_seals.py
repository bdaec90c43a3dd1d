"""Touching what seals the ledger."""

from tests.drills.touching import Names, Touch, change


def change_a_seal(touch: Touch) -> Names:
    rowid, day = touch.one("SELECT rowid, day FROM ledger_seals")
    columns = ("day", "sealed_at", "entries", "previous_digest", "digest")
    return {day, change(touch, "ledger_seals", touch.chance.choice(columns), rowid)}


def change_a_sealed_chain(touch: Touch) -> Names:
    rowid, day = touch.one("SELECT rowid, day FROM sealed_chains")
    columns = ("day", "volunteer_id", "length", "digest")
    return {day, change(touch, "sealed_chains", touch.chance.choice(columns), rowid)}


def drop_a_sealed_chain(touch: Touch) -> Names:
    rowid, day = touch.one("SELECT rowid, day FROM sealed_chains")
    touch.db.execute("DELETE FROM sealed_chains WHERE rowid = ?", (rowid,))
    return {day}


def drop_a_seal(touch: Touch) -> Names:
    (day,) = touch.one("SELECT day FROM ledger_seals")
    touch.db.execute("DELETE FROM ledger_seals WHERE day = ?", (day,))
    return {day}


def cut_the_seals(touch: Touch) -> Names:
    """The last days, with the chains that they cover."""
    (day,) = touch.one("SELECT day FROM ledger_seals")
    touch.db.execute("DELETE FROM ledger_seals WHERE day >= ?", (day,))
    touch.db.execute("DELETE FROM sealed_chains WHERE day >= ?", (day,))
    return {None}


def change_the_end_of_the_seals(touch: Touch) -> Names:
    change(touch, "ledger_ends", touch.chance.choice(("seals", "digest")), 1)
    return {None}
