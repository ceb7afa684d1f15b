"""The one clock. Times are aware UTC in code; `EVENTDAY_NOW` shifts it to see a day before it comes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_shift = timedelta()


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC) + _shift


def today() -> date:
    """Today's date in Vietnam."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """The same moment on a Vietnamese wall clock."""
    return moment.astimezone(VIETNAM)


def day_of(moment: datetime) -> date:
    """The Vietnamese calendar day a moment lies in."""
    return local(moment).date()


def shift_to(moment: datetime | None) -> None:
    """Let the clock of this process run on from `moment` (aware); None puts it right again."""
    global _shift
    _shift = moment - datetime.now(UTC) if moment else timedelta()
