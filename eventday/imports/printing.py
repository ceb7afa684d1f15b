"""Changes as JSON and as lines for a terminal."""

from typing import Any

from eventday.imports.findings import Problem, Skipped
from eventday.imports.messages import KINDS, PARTS, SKIPPED, told
from eventday.imports.service import Changed, Changes
from eventday.programme.planned import code_of


def as_json(changes: Changes) -> dict[str, Any]:
    """As the contract says it: rows, errors, warnings; what was skipped beside them. null is what the sheet does not say."""
    return {
        "rows": [_row(changed) for changed in changes.rows],
        "errors": [problem_as_json(problem) for problem in changes.errors],
        "warnings": [problem_as_json(problem) for problem in changes.warnings],
        "skipped": [{"sheet": one.sheet, "rows": list(one.rows) or "all", "why": one.why} for one in changes.skipped],
    }


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
    """“Kế hoạch, dòng 40: dòng tổng cộng”."""
    where = one.sheet + (f", dòng {_spans(one.rows)}" if one.rows else "")
    return f"{where}: {SKIPPED[one.why]}"


def _spans(rows: tuple[int, ...]) -> str:
    return ", ".join(map(str, rows))


def lines(changes: Changes) -> list[str]:
    """What a person at a terminal reads."""
    found = [*(f"LỖI  {line(problem)}" for problem in changes.errors), *(f"XEM  {line(problem)}" for problem in changes.warnings)]
    found += [f"BỎ   {skipped_line(one)}" for one in changes.skipped]
    if changes.errors:
        return [*found, f"Chưa nhập gì: {len(changes.errors)} ô cần sửa trong {changes.rows_read} dòng đã đọc."]
    signs = {"new": "+", "changed": "~"}
    found += [f"{signs[one.change]}    {_shown(one)}" for one in changes.rows if one.change in signs]
    counts = f"{len(changes.of('new'))} mới, {len(changes.of('changed'))} đổi, {len(changes.of('same'))} giữ nguyên"
    return [*found, f"{'Đã nhập' if changes.done else 'Sẽ nhập'}: {counts}; {len(changes.left)} không còn trong tệp, vẫn giữ."]


def line(problem: Problem) -> str:
    """“Kế hoạch!E3: …”"""
    return f"{problem.sheet}!{problem.cell}: {told(problem)}"


def _shown(changed: Changed) -> str:
    plan, standing = changed.row.planned, changed.decision.standing
    when = " ".join(
        filter(None, [f"{plan.day:%d/%m}" if plan.day else "", hours_of(changed), str(PARTS[plan.part]) if plan.part and not plan.start else ""])
    )
    place = changed.row.space.full_name if changed.row.space else "chưa định nơi"
    code = f" [{code_of(standing.number)}]" if standing else ""
    return f"{changed.row.sheet}!{changed.row.row}{code} {KINDS[plan.kind]}: {plan.title} · {when or 'chưa định giờ'} · {place}"


def hours_of(changed: Changed) -> str:
    """07:30–09:00, or the start alone."""
    plan = changed.row.planned
    return "–".join(f"{clock:%H:%M}" for clock in (plan.start, plan.end) if clock)
