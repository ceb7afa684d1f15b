"""What the log is narrowed down to."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from wtforms import SelectField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the stubs are of the version before

from eventday.audit.messages import KINDS
from eventday.audit.queries import Wanted
from eventday.kernel.clock import VIETNAM
from eventday.kernel.ids import parse
from eventday.reports.forms import DayField
from eventday.web.forms import BaseForm
from eventday.web.translation import lazily as _l

_ALL = _l("Tất cả")


class LogForm(BaseForm):
    """Days are Vietnamese calendar days, both included. A choice that is not offered finds nothing."""

    ai = SelectField(_l("Ai làm"), validate_choice=False)
    viec = SelectField(_l("Việc với"), choices=[SelectChoice(value, word) for value, word in (("", _ALL), *KINDS.items())], validate_choice=False)
    tu = DayField(_l("Từ ngày"))
    den = DayField(_l("Đến ngày"))

    def offer(self, actors: Iterable[tuple[str, str]]) -> None:
        """Let one choose among these (id, name)."""
        self.ai.choices = [SelectChoice(value, name) for value, name in (("", _ALL), *actors)]

    def to_wanted(self, subject: str) -> Wanted:
        since, until = self.tu.data, self.den.data
        return Wanted(
            actor_id=self.ai.data or "",
            kind=self.viec.data or "",
            subject_id=subject if parse(subject) else "",
            since=datetime.combine(since, time.min, VIETNAM) if since else None,
            until=datetime.combine(until, time.min, VIETNAM) + timedelta(days=1) if until else None,
        )

    def to_query(self) -> dict[str, str]:
        """What was chosen, for the address of the next page."""
        return {field.name: str(field.raw_data[0]) for field in self if field.raw_data and field.raw_data[0]}
