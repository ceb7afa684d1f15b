"""Changes as JSON and as lines for a terminal."""

from typing import Any

from eventday.imports.findings import Problem, Skipped
from eventday.imports.messages import told
from eventday.imports.plan_words import PARTS, SKIPPED
from eventday.imports.service import Changed, Changes
from eventday.programme.kind_words import NAMES
from eventday.programme.planned import code_of
from eventday.web.translation import translated as _


def as_json(changes: Changes) -> dict[str, Any]:
    """As the contract says it: rows, errors, warnings; what was skipped beside them. null is what the sheet does not say."""
    return {
        "rows": [_row(changed) for changed in changes.rows],
        "errors": [problem_as_json(problem) for problem in changes.errors],
        "warnings": [problem_as_json(problem) for problem in changes.warnings],
        "skipped": [skipped_as_json(one) for one in changes.skipped],
    }


def skipped_as_json(one: Skipped) -> dict[str, Any]:
    """Rows, or columns, and why they were not read."""
    what: dict[str, Any] = {"columns": list(one.columns)} if one.columns else {"rows": list(one.rows) or "all"}
    return {"sheet": one.sheet, **what, "why": one.why}


def _row(changed: Changed) -> dict[str, Any]:
    row, plan = changed.row, changed.row.planned
    return {
        "sheet": row.sheet,
        "row": row.row,
        "change": changed.change,
        "title": plan.title,
        "kind": plan.kind.value,
        "host": plan.host or None,
        "co_hosts": list(plan.co_hosts),
        "place": row.space.full_name if row.space else None,
        "date": plan.day.isoformat() if plan.day else None,
        "start": f"{plan.start:%H:%M}" if plan.start else None,
        "end": f"{plan.end:%H:%M}" if plan.end else None,
        "part": plan.part.value if plan.part else None,
        "capacity": plan.capacity,
    }


def problem_as_json(problem: Problem) -> dict[str, Any]:
    said = {"sheet": problem.sheet, "cell": problem.cell, "code": problem.code, "message": str(told(problem))}
    with_row = problem.facts.get("with_row")
    return said if with_row is None else said | {"with_row": with_row}


def skipped_line(one: Skipped) -> str:
    """“Kế hoạch, dòng 40: dòng tổng cộng”, “Kế hoạch, cột M (Kinh phí): không rõ cột này nói gì”."""
    if one.rows:
        return _("%(sheet)s, dòng %(rows)s: %(why)s", sheet=one.sheet, rows=_spans(one.rows), why=SKIPPED[one.why])
    if one.columns:
        return _("%(sheet)s, cột %(columns)s: %(why)s", sheet=one.sheet, columns=", ".join(one.columns), why=SKIPPED[one.why])
    return f"{one.sheet}: {SKIPPED[one.why]}"


def _spans(rows: tuple[int, ...]) -> str:
    return ", ".join(map(str, rows))


def lines(changes: Changes) -> list[str]:
    """What a person at a terminal reads."""
    found = [_("LỖI  %(problem)s", problem=line(problem)) for problem in changes.errors]
    found += [_("XEM  %(problem)s", problem=line(problem)) for problem in changes.warnings]
    found += [_("BỎ   %(row)s", row=skipped_line(one)) for one in changes.skipped]
    if changes.errors:
        wrong, read = len(changes.errors), changes.rows_read
        return [*found, _("Chưa nhập gì: %(wrong)s ô cần sửa trong %(read)s dòng đã đọc.", wrong=wrong, read=read)]
    signs = {"new": "+", "changed": "~"}
    found += [f"{signs[one.change]}    {_shown(one)}" for one in changes.rows if one.change in signs]
    return [*found, _summary(changes)]


def _summary(changes: Changes) -> str:
    counts = {"new": len(changes.of("new")), "changed": len(changes.of("changed")), "same": len(changes.of("same")), "left": len(changes.left)}
    if changes.done:
        return _("Đã nhập: %(new)s mới, %(changed)s đổi, %(same)s giữ nguyên; %(left)s không còn trong tệp, vẫn giữ.", **counts)
    return _("Sẽ nhập: %(new)s mới, %(changed)s đổi, %(same)s giữ nguyên; %(left)s không còn trong tệp, vẫn giữ.", **counts)


def line(problem: Problem) -> str:
    """“Kế hoạch!E3: …”"""
    return f"{problem.sheet}!{problem.cell}: {told(problem)}"


def _shown(changed: Changed) -> str:
    plan, standing = changed.row.planned, changed.decision.standing
    when = " ".join(
        filter(None, [f"{plan.day:%d/%m}" if plan.day else "", hours_of(changed), str(PARTS[plan.part]) if plan.part and not plan.start else ""])
    )
    when = when or _("chưa định giờ")
    place = changed.row.space.full_name if changed.row.space else _("chưa định nơi")
    code = f" [{code_of(standing.number)}]" if standing else ""
    return f"{changed.row.sheet}!{changed.row.row}{code} {NAMES[plan.kind]}: {plan.title} · {when} · {place}"


def hours_of(changed: Changed) -> str:
    """07:30–09:00, or the start alone."""
    plan = changed.row.planned
    return "–".join(f"{clock:%H:%M}" for clock in (plan.start, plan.end) if clock)
