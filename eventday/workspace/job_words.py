"""What jobs are called, what they did, how long they took."""

from datetime import timedelta

from eventday.jobs.domain import JobView
from eventday.web.translation import lazily as _l

_JOBS = {
    "reports.build": _l("Lập báo cáo kết quả (PDF)"),
    "plan.look": _l("Đọc kế hoạch từ Excel"),
    "plan.mark": _l("Đánh dấu ô cần sửa trong tệp kế hoạch (Excel)"),
    "plan.import": _l("Nhập kế hoạch từ Excel"),
    "people.look": _l("Đọc danh sách người từ Excel"),
    "people.import": _l("Ghi tên theo danh sách Excel"),
    "people.passes": _l("Thẻ của mọi người để in (PDF)"),
    "people.rosters": _l("Danh sách người đăng ký của tất cả các ca (Excel)"),
}
_MADE = {
    "plan.look": _l("%(wrong)s ô cần sửa, %(touched)s thay đổi; chưa nhập gì."),
    "people.look": _l("%(wrong)s ô cần sửa, %(touched)s người sẽ được ghi; chưa ghi ai."),
    "plan.import": _l("%(new)s mới, %(changed)s đổi, %(same)s giữ nguyên."),
    "people.passes": _l("%(people)s thẻ."),
    "people.import": _l("Ghi mới %(new)s người, thêm ca cho %(changed)s người đã có thẻ, %(same)s người đã có tên từ trước."),
}
_TOOK = {"seconds": _l("%(count)s giây"), "minutes": _l("%(count)s phút"), "hours": _l("%(count)s giờ")}


def job_title(name: str) -> str:
    """What people call a job of that name."""
    return str(_JOBS.get(name, _l("Việc khác của máy chủ")))


def job_made(job: JobView) -> str:
    """What a finished job did, where that is no file to take; else empty."""
    return str(_MADE[job.name]) % job.result if job.name in _MADE and job.result else ""


def long(took: timedelta) -> str:
    """About how long, in one unit."""
    seconds = max(1, round(took.total_seconds()))
    unit, count = ("seconds", seconds) if seconds < 120 else ("minutes", seconds // 60) if seconds < 7200 else ("hours", seconds // 3600)
    return str(_TOOK[unit]) % {"count": count}
