"""What a slot as it was typed would clash with in its plan."""

from uuid import UUID

from eventday.places import queries as places
from eventday.programme import bookings, conflict_words
from eventday.programme.conflict_words import Told
from eventday.programme.conflicts import Use
from eventday.programme.drafts import ActivityDraft, OccurrenceDraft
from eventday.workspace.queries import Desk


def clashes(at: Desk, key: UUID | str, activity_id: UUID, activity: ActivityDraft, draft: OccurrenceDraft) -> list[Told]:
    """In words, by time; nothing for what is not placed. `key` is the slot's id, of a new one any other."""
    if draft.lacks(activity.kind):
        return []
    spaces = {space.id: space for space in places.spaces(at.commune.code)}
    use = Use(
        key=key,
        activity=activity_id,
        title=activity.title,
        kind=activity.kind,
        starts_at=draft.starts_at(),
        ends_at=draft.ends_at(),
        space=spaces.get(draft.space_id) if draft.space_id else None,
        people=draft.capacity or 0,
        host=activity.host,
        audience=activity.audience,
        equipment=activity.equipment,
    )
    return [conflict_words.told(found) for found in bookings.conflicts_with(at.event.id, at.commune.code, use)]
