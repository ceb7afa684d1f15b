"""What an organiser calls a scanner."""

from eventday.web.forms import BaseForm, TextField, required
from eventday.web.translation import lazily as _l


class DeviceForm(BaseForm):
    name = TextField(
        _l("Tên máy"), [required(_l("Hãy ghi tên máy, ví dụ: Cổng chính – Lan."))], most=60, render_kw={"autocomplete": "off", "class": "input"}
    )
