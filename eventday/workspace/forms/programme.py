"""What an organiser fills in of an event, an activity, a slot or wish."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from wtforms.validators import ValidationError

from eventday.kernel.clock import VIETNAM, local
from eventday.kernel.ids import parse
from eventday.places.domain import Host, Space, canonical_host
from eventday.programme.domain import Admission, Event, Kind, Part
from eventday.programme.drafts import ActivityDraft, EventDraft, OccurrenceDraft, days_of, seats_of, wrong_event, wrong_occurrence
from eventday.programme.kind_words import NAMES
from eventday.reports.forms import DayField, LinesField
from eventday.web.filters import long_date
from eventday.web.forms import BaseForm, ChoiceField, CountField, RadioChoiceField, TextField, choice, fail, required
from eventday.web.translation import lazily as _l
from eventday.workspace.forms.moments import ClockField, MomentField
from eventday.workspace.forms.words import ADMISSIONS, WRONG
from eventday.workspace.messages import PARTS

_LINK = re.compile(r"https?://[^\s/]+\.[^\s/]+\S*", re.IGNORECASE)
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class EventForm(BaseForm):
    name = TextField(_l("Tên ngày hội"), [required(_l("Hãy ghi tên, ví dụ: Ngày hội toàn dân học tập số."))], most=160)
    first_day = DayField(_l("Ngày đầu"), validators=[required(_l("Hãy ghi ngày đầu, ví dụ: 09/10/2027."))])
    last_day = DayField(_l("Ngày cuối"), validators=[required(_l("Hãy ghi ngày cuối. Chỉ một ngày thì ghi như ngày đầu."))])

    def draft(self) -> EventDraft | None:
        """None where something is wrong; it stands beside its field."""
        if not self.validate():
            return None
        draft = EventDraft(name=self.name.data or "", first_day=self.first_day.data or date.min, last_day=self.last_day.data or date.min)
        _put_beside(self, wrong_event(draft))
        return None if self.problems() else draft


class NewEventForm(EventForm):
    code = TextField(_l("Mã trong địa chỉ"), [required(_l("Hãy ghi mã, ví dụ: ngay-hoi-2027."))], most=40)

    @classmethod
    def a_year_later(cls, event: Event) -> "NewEventForm":
        """Another event once more: the same name, the same days of the next year, its code with the next number where it ends in a year."""
        head, _, year = event.code.rpartition("-")
        code = f"{head}-{int(year) + 1}" if head and year.isdecimal() else f"{event.code}-{event.first_day.year + 1}"
        days = {name: _next_year(getattr(event, name)) for name in ("first_day", "last_day")}
        return cls(data={"name": event.name, "code": code[:40]} | days)

    def validate_code(self, field: Any) -> None:
        if not _CODE.fullmatch(field.data or ""):
            raise ValidationError(str(_l("Chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối, ví dụ: ngay-hoi-2027.")))


def _next_year(day: date) -> date:
    return day.replace(year=day.year + 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


class ActivityForm(BaseForm):
    kind = ChoiceField(_l("Loại"), [required(_l("Hãy chọn loại hoạt động."))])
    title = TextField(_l("Tên hoạt động"), [required(_l("Hãy ghi tên hoạt động."))], most=200)
    host = TextField(_l("Đơn vị phụ trách"), most=160, render_kw={"list": "hosts", "autocomplete": "off"})
    co_hosts = LinesField(_l("Đơn vị phối hợp"), most=1000, rows=2)
    audience = TextField(_l("Dành cho ai"), most=200)
    description = LinesField(_l("Giới thiệu cho bà con"), most=3000, rows=4)
    speaker = TextField(_l("Người trình bày"), most=200)
    skill = TextField(_l("Kỹ năng được đóng dấu"), most=200)
    join_url = TextField(_l("Đường vào phòng trực tuyến"), most=500, render_kw={"inputmode": "url", "autocomplete": "off"})
    equipment = LinesField(_l("Thiết bị cần có"), most=1000, rows=2)
    note = LinesField(_l("Ghi chú nội bộ"), most=1000, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [choice("", _l("Chọn loại")), *(choice(kind.value, NAMES[kind]) for kind in Kind)]

    @classmethod
    def of_draft(cls, draft: ActivityDraft) -> "ActivityForm":
        return cls(data=asdict(draft) | {"kind": draft.kind.value, "co_hosts": "\n".join(draft.co_hosts)})

    def validate_join_url(self, field: Any) -> None:
        if not field.data:
            return
        if self.kind.data != Kind.ONLINE:
            raise ValidationError(str(_l("Chỉ hoạt động trực tuyến có đường vào. Hãy chọn loại “Trực tuyến”, hoặc xóa ô này.")))
        if not _LINK.fullmatch(field.data):
            raise ValidationError(str(_l("Hãy chép nguyên địa chỉ, ví dụ: https://meet.example.vn/anh-son.")))

    def draft(self, hosts: Sequence[Host]) -> ActivityDraft | None:
        """Hosts by their known names. None where something is wrong; it stands beside its field."""
        if not self.validate():
            return None
        texts = {name: self[name].data or "" for name in ("title", "description", "audience", "speaker", "skill", "join_url", "equipment", "note")}
        names = [canonical_host(line, hosts) for line in (self.co_hosts.data or "").splitlines() if line]
        return ActivityDraft(
            kind=Kind(self.kind.data), host=canonical_host(self.host.data or "", hosts), co_hosts=tuple(dict.fromkeys(names)), **texts
        )


class OccurrenceForm(BaseForm):
    day = ChoiceField(_l("Ngày"))
    start = ClockField(_l("Bắt đầu"))
    end = ClockField(_l("Kết thúc"))
    part = ChoiceField(_l("Buổi (khi chưa biết giờ)"))
    space_id = ChoiceField(_l("Phòng, khu vực"))
    capacity = CountField(_l("Sức chứa"))
    admission = RadioChoiceField(
        _l("Cách vào"), [required(_l("Hãy chọn cách vào."))], choices=[choice(one.value, ADMISSIONS[one]) for one in Admission]
    )
    closes_at = MomentField(_l("Đóng đăng ký lúc"))

    @classmethod
    def of_draft(cls, draft: OccurrenceDraft) -> "OccurrenceForm":
        values = asdict(draft) | {"day": draft.day.isoformat() if draft.day else "", "space_id": str(draft.space_id or "")}
        closes_at = local(draft.closes_at).replace(tzinfo=None) if draft.closes_at else None
        return cls(data=values | {"part": draft.part.value if draft.part else "", "admission": draft.admission.value, "closes_at": closes_at})

    def offer(self, event: Event, spaces: Iterable[Space]) -> "OccurrenceForm":
        """What can be chosen: the event's days and the commune's spaces."""
        self.day.choices = [choice("", _l("Chưa biết")), *(choice(day.isoformat(), long_date(day)) for day in days_of(event))]
        self.part.choices = [choice("", _l("Không ghi")), *(choice(part.value, PARTS[part.value]) for part in Part)]
        self.space_id.choices = [choice("", _l("Chưa có nơi")), *(choice(str(space.id), space.full_name) for space in spaces)]
        return self

    def draft(self, event: Event, kind: Kind, capacities: dict[UUID, int]) -> OccurrenceDraft | None:
        """None where something is wrong; it stands beside its field. A slot without a capacity takes its space's."""
        if not self.validate():
            return None
        draft = self._read(None)
        space_capacity = capacities.get(draft.space_id, 0) if draft.space_id else 0
        if not draft.lacks(kind):
            draft = self._read(seats_of(draft, kind, space_capacity))
            if draft.capacity is None:
                fail(self.capacity, _l("Hãy ghi sức chứa: nơi này chưa có con số nào."))
        _put_beside(self, wrong_occurrence(draft, event))
        return None if self.problems() else draft

    def _read(self, capacity: int | None) -> OccurrenceDraft:
        closes_at = self.closes_at.data.replace(tzinfo=VIETNAM) if self.closes_at.data else None
        return OccurrenceDraft(
            day=date.fromisoformat(self.day.data) if self.day.data else None,
            start=self.start.data,
            end=self.end.data,
            part=Part(self.part.data) if self.part.data else None,
            space_id=parse(self.space_id.data),
            capacity=self.capacity.data if capacity is None else capacity,
            admission=Admission(self.admission.data),
            closes_at=closes_at,
        )


def _put_beside(form: BaseForm, problems: Iterable[tuple[str, str]]) -> None:
    for name, code in problems:
        fail(form[name], WRONG[code])
