"""Made-up facts of a commune's day, small and large."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from eventday.programme.domain import Admission, Event, Kind, default_admission
from eventday.reports import counting, drafts, letter
from eventday.reports.facts import ActivityFact, Facts, HamletFact, PersonFact, Place, Seen, SlotFact
from eventday.reports.queries import Subject
from eventday.reports.report import Report

DAY = date(2027, 10, 10)
MORNING = datetime(2027, 10, 10, 1, 0, tzinfo=UTC)  # 08:00 in Vietnam
_SPACE = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
TITLES = {
    Kind.BOOTH: "Gian hàng Dịch vụ công trực tuyến",
    Kind.CONFERENCE: "Hội nghị phát động Ngày hội",
    Kind.TALK: "Tọa đàm “AI giúp gì cho nông dân?”",
    Kind.STATION: "Trạm trải nghiệm cài đặt VNeID",
    Kind.CLASS: "Lớp học số “Em an toàn trên mạng”",
    Kind.ONLINE: "Cuộc thi trực tuyến “Công dân số Anh Sơn”",
}


def named(name: str) -> UUID:
    return uuid5(_SPACE, name)


def activity(kind: Kind, name: str = "", *, hours: float = 0, capacity: int = 30, day: date = DAY) -> ActivityFact:
    """An activity of one slot; its slot's id is `named("slot " + name)`."""
    name = name or str(kind)
    start = datetime(day.year, day.month, day.day, 1, tzinfo=UTC) + timedelta(hours=hours)
    slot = SlotFact(
        id=named("slot " + name),
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        place="Hội trường, Nhà văn hóa xã",
        venue="Nhà văn hóa xã",
        admission=default_admission(kind),
        capacity=capacity,
    )
    return ActivityFact(id=named(name), title=TITLES[kind], kind=kind, host="UBND xã", skill="Đăng nhập VNeID", slots=(slot,))


def person(name: str, *, at: tuple[str, ...] = (), status: str = "confirmed", channel: str = "web", **known: object) -> PersonFact:
    return PersonFact(id=named(name), channel=channel, places=tuple(Place(named("slot " + slot), status) for slot in at), **known)


def entry(who: str, slot: str | None = None, *, minutes: int = 0) -> Seen:
    return Seen(named(who), named("slot " + slot) if slot else None, DAY, MORNING + timedelta(minutes=minutes))


def online(who: str, slot: str = "online") -> Seen:
    return Seen(named(who), named("slot " + slot), DAY, MORNING, is_online=True)


def stamp(who: str, slot: str) -> Seen:
    return Seen(named(who), named("slot " + slot), DAY, None, is_stamp=True)


def facts(people=(), seen=(), activities=None, hamlets=()) -> Facts:
    activities = [activity(kind) for kind in Kind] if activities is None else activities
    return Facts(year=2027, activities=activities, hamlets=hamlets, people=people, seen=seen)


def full_day(people: int = 300, seed: int = 7) -> Facts:
    """A day of all six kinds with many people, the same for a seed."""
    random = Random(seed)
    hamlets = [HamletFact(named(f"h{n}"), f"Thôn {n}", 100 + n, 400 + n) for n in range(1, 13)]
    activities = [activity(kind, f"{kind}{n}", hours=n, day=DAY - timedelta(days=n % 2)) for kind in Kind for n in range(4)]
    slots = [(one, one.slots[0]) for one in activities]
    seated = [f"{one.kind}{n}" for one in activities[::4] for n in range(4) if one.slots[0].admission is Admission.SEATS]
    made, seen = [], []
    for number in range(people):
        walk_in = random.random() < 0.4
        known = {
            "hamlet_id": random.choice([*(hamlet.id for hamlet in hamlets), None]),
            "birth_year": random.choice([None, 2015, 2000, 1980, 1960]),
            "gender": random.choice([None, "male", "female"]),
        }
        wanted = () if walk_in else tuple(random.sample(seated, 2))
        made.append(person(f"p{number}", at=wanted, channel="walk_in" if walk_in else random.choice(["web", "desk"]), **known))
        if walk_in or random.random() < 0.8:
            seen.append(entry(f"p{number}", minutes=random.randrange(480)))
            seen += [online(f"p{number}", slot) if slot.startswith(Kind.ONLINE) else entry(f"p{number}", slot) for slot in wanted]
            booth = random.choice([one for one, slot in slots if slot.admission is Admission.OPEN])
            seen.append(Seen(named(f"p{number}"), booth.slots[0].id, DAY, MORNING + timedelta(hours=9)))
            if random.random() < 0.5:
                seen.append(Seen(named(f"p{number}"), booth.slots[0].id, DAY, None, is_stamp=True))
    return facts(made, seen, activities, hamlets)


def report(of: Facts, **changes: object) -> Report:
    """A report of these facts by Xã Anh Sơn, dated 12/10/2027."""
    event = Event(named("event"), "ngay-hoi-2027", "Ngày hội toàn dân học tập số", "40", DAY - timedelta(days=1), DAY)
    body = letter.Body(name="Xã Anh Sơn", kind="xã", province="tỉnh Nghệ An")
    subject = Subject(event=event, code="17329", body=body, published_at=MORNING - timedelta(days=20), hamlet_words="thôn, bản")
    written = letter.Letter(**{**vars(drafts.letter(body, "thôn, bản")), "signer": "Phan Xuân Hải", **changes})
    return Report(subject=subject, figures=counting.figures_of(of), letter=written, dated=date(2027, 10, 12))
