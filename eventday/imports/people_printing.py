"""What a list of people makes, as JSON and as lines for a terminal."""

from typing import Any

from eventday.imports.enlisting import Enlisted, Enlisting
from eventday.imports.printing import line, problem_as_json, skipped_as_json, skipped_line
from eventday.web.translation import translated as _


def as_json(looked: Enlisting) -> dict[str, Any]:
    """As the contract says it. null is what the sheet does not say."""
    return {
        "rows": [_row(one) for one in looked.rows],
        "errors": [problem_as_json(problem) for problem in looked.errors],
        "warnings": [problem_as_json(problem) for problem in looked.warnings],
        "skipped": [skipped_as_json(one) for one in looked.skipped],
    }


def _row(one: Enlisted) -> dict[str, Any]:
    row = one.row
    return {
        "sheet": row.sheet,
        "row": row.row,
        "change": one.change,
        "name": row.name,
        "birth_year": row.birth_year,
        "gender": row.gender.value if row.gender else None,
        "hamlet": row.hamlet.name if row.hamlet else None,
        "phone": row.phone,
    }


def lines(looked: Enlisting) -> list[str]:
    """What a person at a terminal reads."""
    found = [_("LỖI  %(problem)s", problem=line(problem)) for problem in looked.errors]
    found += [_("XEM  %(problem)s", problem=line(problem)) for problem in looked.warnings]
    found += [_("BỎ   %(row)s", row=skipped_line(one)) for one in looked.skipped]
    if looked.errors:
        return [*found, _("Chưa ghi tên ai: %(wrong)s ô cần sửa.", wrong=len(looked.errors))]
    counts = {change: len(looked.of(change)) for change in ("new", "changed", "same")}
    if looked.done:
        return [*found, _("Đã ghi tên: %(new)s người mới, %(changed)s người đã có thẻ, %(same)s giữ nguyên.", **counts)]
    return [*found, _("Sẽ ghi tên: %(new)s người mới, %(changed)s người đã có thẻ, %(same)s giữ nguyên.", **counts)]
