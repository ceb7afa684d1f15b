"""A commune with something of everything that can be stored, each text of it marked: what somebody sees of it can be told by the mark."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from io import BytesIO
from uuid import UUID

import openpyxl
from flask import Flask
from PIL import Image

from eventday import instance
from eventday.access import people, service, staff
from eventday.access.domain import Role
from eventday.db import db, transaction
from eventday.imports import uploads
from eventday.jobs import files
from eventday.jobs import service as jobs
from eventday.jobs.domain import State
from eventday.kernel import clock, ids
from eventday.places import editing, profiles
from eventday.places.entries import EquipmentEntry, HamletEntry, HostEntry, SpaceEntry, Thing, VenueEntry
from eventday.programme import activities, occurrences, removing
from eventday.programme import service as programme
from eventday.programme.domain import Admission, Kind, Part
from eventday.programme.drafts import ActivityDraft, OccurrenceDraft
from eventday.registrations import service as registrations
from eventday.registrations.domain import IssuedPass, PersonRequest, RegistrationRequest, Source
from eventday.reports import service as reports
from eventday.reports.letter import SECTIONS, Letter
from tests.factories import FIRST_DAY, LAST_DAY, make_commune, make_event

OF_DAY = datetime(2027, 10, 10, 3, 0, tzinfo=UTC)


@dataclass
class Furnished:
    """`ids` by what they are of. `mark` is in every text that only the commune's own people may see, `sign` in those for everybody."""

    code: str
    mark: str
    sign: str
    phone: str
    ids: dict[str, str] = field(default_factory=dict)

    def only_ours(self, what: str) -> str:
        return f"{self.mark} {what}"

    def for_all(self, what: str) -> str:
        return f"{self.sign} {what}"


def furnish(app: Flask, code: str, *, mark: str, sign: str, phone: str) -> Furnished:
    """Everything is entered through the services, as pages do."""
    made = Furnished(make_commune(code), mark, sign, phone)
    _enter_places(app, made)
    _enter_plan(made)
    _register(made)
    _let_people_in(made)
    _remove_some(made)
    _make_files(app, made)
    made.ids = {name: str(value) for name, value in made.ids.items()}
    return made


def _enter_places(app: Flask, made: Furnished) -> None:
    now, name = clock.now(), made.for_all
    (venue,) = editing.add(made.code, [VenueEntry(name=name("nhà"), address=name("phố"))], now=now)
    space = SpaceEntry(venue_id=venue, name=name("sân"), kind="hall", capacity=100, pitches=4, opens=time(6), closes=time(22))
    hamlet = HamletEntry(name=name("xóm"), aliases=(made.only_ours("xóm cũ"),))
    things = [space, hamlet, HostEntry(name=name("hội")), EquipmentEntry(name=made.only_ours("máy"), in_commune=2)]
    found = [venue, *editing.add(made.code, things, now=now)]
    made.ids |= dict(zip(("venue", "space", "hamlet", "host", "equipment"), found, strict=True))
    profiles.save_words(made.code, name("lời mời"), "0238 3000 000", name("bàn"), seen=None, now=now)
    folder = instance.folder(app.config["SETTINGS"], "logos") / made.code
    folder.mkdir(exist_ok=True)
    profiles.save_logo(made.code, folder, _picture(int(made.code) % 256), now=now)
    made.ids["logo"] = next(folder.glob("*.webp")).stem


def _picture(green: int) -> bytes:
    file = BytesIO()
    Image.new("RGB", (64, 64), (180, green, 20)).save(file, "PNG")
    return file.getvalue()


def _enter_plan(made: Furnished) -> None:
    event = make_event().id
    texts = {each: made.for_all(each) for each in ("audience", "description", "speaker")}
    inside = {each: made.only_ours(each) for each in ("equipment", "note")}
    for kind in Kind:
        link = {"join_url": f"https://hop.example/{kind}"} if kind is Kind.ONLINE else {}
        draft = ActivityDraft(
            kind=kind, title=made.for_all(f"việc {kind}"), host=made.for_all("hội"), skill=made.for_all("nghề"), **texts, **inside, **link
        )
        made.ids[f"activity {kind}"] = activities.add_activity(event, made.code, draft, now=clock.now())
    made.ids["slot"] = _occurrence(made, "class", capacity=1)
    made.ids["second slot"] = _occurrence(made, "class", capacity=20, start=time(14), end=time(15))
    made.ids["open slot"] = _occurrence(made, "station", admission=Admission.OPEN, capacity=0)
    made.ids["online slot"] = _occurrence(made, "online", space_id=None, capacity=50)
    hidden = ActivityDraft(kind=Kind.TALK, title=made.only_ours("việc chưa xếp"))
    made.ids["hidden activity"] = activities.add_activity(event, made.code, hidden, now=clock.now())
    wish = OccurrenceDraft(part=Part.MORNING)
    made.ids["wish"] = occurrences.add_occurrence(event, made.code, made.ids["hidden activity"], wish, now=clock.now())
    programme.publish(event, made.code, now=clock.now())


def _occurrence(made: Furnished, kind: str, **more: object) -> UUID:
    values = {"day": LAST_DAY, "start": time(9), "end": time(11), "space_id": made.ids["space"], **more}
    return occurrences.add_occurrence(make_event().id, made.code, made.ids[f"activity {kind}"], OccurrenceDraft(**values), now=clock.now())


def _register(made: Furnished) -> None:
    slot, second = made.ids["slot"], made.ids["second slot"]
    first = _pass(made, PersonRequest(name=made.only_ours("Ân"), birth_year=1980, hamlet_id=made.ids["hamlet"], slot_ids=(slot, second)))
    child = PersonRequest(name=made.only_ours("Bình"), birth_year=2018, guardian=made.only_ours("Cúc"), child_agrees=True, slot_ids=(slot,))
    waits = _pass(made, child)
    made.ids |= {"pass": first.id, "key": first.code, "token": first.token, "secret": first.secret, "waiting pass": waits.id}
    made.ids |= {"registration": first.placed[0].id, "second registration": first.placed[1].id}


def _pass(made: Furnished, person: PersonRequest) -> IssuedPass:
    request = RegistrationRequest(event_id=make_event().id, commune_code=made.code, phone=made.phone, people=(person,), source=Source.WEB)
    return registrations.register(request, now=clock.now())[0]


def _let_people_in(made: Furnished) -> None:
    scope, now = f"commune:{made.code}", clock.now()
    made.ids["link"] = service.add_person(f"{made.code}@example.vn", Role.VIEWER, scope, now=now, name=made.only_ours("Dung"))
    (grant,) = [one for one in staff.colleagues([scope]) if one.email == f"{made.code}@example.vn"]
    made.ids |= {"grant": grant.grant_id, "person": grant.person_id}
    with transaction() as session:
        made.ids["link"] = people.add_link(session, grant.person_id, now=now)
    event = make_event().id
    device = service.enrol(service.open_enrolment(event, made.code, [], manual=True, now=now), made.only_ours("máy"), now=now)
    made.ids |= {"device": device.id, "device token": device.token}
    made.ids["enrolment"] = service.open_enrolment(event, made.code, [], manual=False, now=now)


def _remove_some(made: Furnished) -> None:
    now, event = clock.now(), make_event().id
    (gone,) = editing.add(made.code, [HostEntry(name=made.only_ours("hội cũ"))], now=now)
    with transaction() as session:
        editing.lock(session, made.code)
        editing.remove_in(session, made.code, Thing.HOST, gone, now)
    made.ids["removed place"] = gone
    past = activities.add_activity(event, made.code, ActivityDraft(kind=Kind.TALK, title=made.only_ours("việc bỏ")), now=now)
    made.ids["removed"] = removing.remove_activity(event, made.code, past, keepers=(), now=now)


def _make_files(app: Flask, made: Furnished) -> None:
    now, event = clock.now(), make_event()
    texts = {section: made.only_ours(section) for section in SECTIONS}
    reports.save_letter(event.id, made.code, Letter(place=made.only_ours("nơi"), dated=FIRST_DAY, signer=made.only_ours("Đức"), texts=texts), now=now)
    page = f"/lam-viec/{made.code}/{event.code}/bao-cao"
    made.ids["job"] = reports.request(event.code, made.code, page=page, person=made.ids["person"], now=now)
    worker = ids.new()
    jobs.begin(made.ids["job"], worker, now=now, pulse=now)
    result = reports.keep(made.ids["job"], event.code, made.code, f"%PDF-1.7 {made.mark}".encode())
    jobs.note(made.ids["job"], worker, state=State.DONE, progress=100, result=result, finished_at=now)
    made.ids["failed job"] = reports.request(event.code, made.code, page=page, person=None, now=now)
    jobs.begin(made.ids["failed job"], worker, now=now, pulse=now)
    jobs.note(made.ids["failed job"], worker, state=State.FAILED, error=made.only_ours("hỏng"), finished_at=now)
    made.ids["made file"] = _file_of(made)
    made.ids["upload"] = upload_of(app, made, str(made.ids["person"]))
    db.session.rollback()


def _file_of(made: Furnished) -> object:
    """A job whose file somebody of the commune may take, and nobody else."""
    now, worker = clock.now(), ids.new()
    with transaction() as session:
        job = jobs.enqueue(session, "people.rosters", {"event": make_event().code}, now=now, commune_code=made.code, requested_by=made.ids["person"])
    jobs.begin(job, worker, now=now, pulse=now)
    jobs.note(job, worker, **jobs.done(files.keep(job, made.only_ours("danh sách").encode(), "danh-sach.xlsx"), now))
    return job


def upload_of(app: Flask, made: Furnished, person: str) -> str:
    """A plan that somebody has looked at and not taken yet."""
    owner = uploads.Owner(person, str(make_event().id), made.code)
    folder = instance.folder(app.config["SETTINGS"], "uploads")
    return uploads.keep(folder, f"{made.only_ours('tệp')}.xlsx", plan_of(made.only_ours("việc trong tệp"), made.for_all("sân")), owner)


def plan_of(title: str, place: str) -> bytes:
    """A workbook with one activity, its day wrong."""
    book = openpyxl.Workbook()
    book.active.append(["Tên hoạt động", "Loại hình", "Địa điểm", "Ngày", "Giờ bắt đầu", "Giờ kết thúc"])
    book.active.append([title, "Hội nghị", place, "31/13", "8h", "9h"])
    file = BytesIO()
    book.save(file)
    return file.getvalue()
