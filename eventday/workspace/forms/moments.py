"""Hours, moments and counts as officers type them; what was typed stays, whatever it is."""

import re
from datetime import time
from typing import Any

from wtforms import DateTimeField, Field
from wtforms.widgets import TextInput

from eventday.kernel.text import tidy
from eventday.web.translation import lazily as _l

_CLOCK = re.compile(r"(\d{1,2})(?:\s*[:.hg]\s*(\d{2})?)?", re.IGNORECASE)
_MOMENTS = ["%H:%M %d/%m/%Y", "%d/%m/%Y %H:%M", "%Hh%M %d/%m/%Y", "%Y-%m-%dT%H:%M"]


class ClockField(Field):
    """A time of day on the Vietnamese clock, 07:30 or 7h30; empty is None."""

    widget = TextInput()
    data: time | None

    def __init__(self, label: Any = "", **kwargs: Any) -> None:
        super().__init__(label, render_kw={"inputmode": "numeric", "maxlength": 8, "autocomplete": "off", "size": 8}, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:%H:%M}" if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = tidy(str(valuelist[0])) if valuelist else ""
        self.data = None
        if text:
            try:
                self.data = _time_of(text)
            except ValueError:
                sentence = _l("Không đọc được giờ này. Hãy ghi giờ và phút, ví dụ: 07:30.")
                raise ValueError(str(sentence)) from None


def _time_of(text: str) -> time:
    """Raises: ValueError."""
    found = _CLOCK.fullmatch(text)
    if not found:
        raise ValueError(text)
    return time(int(found[1]), int(found[2] or 0))


class MomentField(DateTimeField):
    """An hour of a day, 17:00 08/10/2027, without a zone: on the Vietnamese clock. Empty is None."""

    widget = TextInput()

    def __init__(self, label: Any = "", **kwargs: Any) -> None:
        super().__init__(label, format=_MOMENTS, render_kw={"maxlength": 20, "autocomplete": "off"}, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata([text for value in valuelist if (text := tidy(str(value)))])
        except ValueError:
            raise ValueError(str(_l("Không đọc được. Hãy ghi giờ rồi ngày/tháng/năm, ví dụ: 17:00 08/10/2027."))) from None
