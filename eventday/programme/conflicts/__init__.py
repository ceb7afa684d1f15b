"""What clashes in a plan. Pure: it knows uses of spaces, hosts and equipment, and no database.

A page that edits a slot asks `conflicts_of(use, others, equipment)` with what was typed, a page that shows a plan `conflicts(uses, equipment)`
and `gathered(…)` of that; `programme.bookings` reads `others` and `equipment`, `programme.conflict_words` has the sentences.
Times that touch are no clash; times that coincide are.
"""

from eventday.programme.conflicts.rules import conflicts, conflicts_of, gathered, shut
from eventday.programme.conflicts.uses import Code, Conflict, Use

__all__ = ["Code", "Conflict", "Use", "conflicts", "conflicts_of", "gathered", "shut"]
