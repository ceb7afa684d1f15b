"""What a resident finds on the way to an activity, and what they must not."""

import gzip
from datetime import timedelta

import pytest
from sqlalchemy import update

from eventday.db import transaction
from eventday.places import models as places
from eventday.programme import models, queries
from eventday.programme.domain import Admission, Kind
from tests.factories import BEFORE, COMMUNE, NOON, make_commune, make_event, make_slot
from tests.registrations.people import registered
from tests.residents.conftest import at, count_statements

MORNING = NOON - timedelta(hours=4)  # 08:00 of 10 October
FIRST_LOOK = 14 * 1024


def change_slot(slot_id, **values):
    with transaction() as session:
        session.execute(update(models.Slot).where(models.Slot.id == slot_id).values(**values))


def set_profile(**values):
    with transaction() as session:
        session.add(places.Profile(commune_code=COMMUNE, **values))


def test_programme_says_seats_in_words(client):
    make_slot(title="Còn nhiều", capacity=57)
    few = make_slot(title="Còn ít", capacity=30)
    full = make_slot(title="Hết", capacity=30)
    make_slot(title="Tự do", kind=Kind.STATION)
    change_slot(few, taken=26)
    change_slot(full, taken=30, waiting=2, queue=2)

    page = client.get(f"/{COMMUNE}").text

    assert "Còn 57 chỗ" in page
    assert "Chỉ còn 4 chỗ" in page
    assert "Hết chỗ – vào danh sách chờ" in page
    assert "Vào tự do, không cần đăng ký" in page
    assert "còn 0 chỗ" not in page.lower()


def test_a_freed_seat_that_people_wait_for_is_not_offered(client):
    slot = make_slot(capacity=30)
    change_slot(slot, taken=29, waiting=1, queue=1)

    assert "Hết chỗ – vào danh sách chờ" in client.get(f"/{COMMUNE}").text


def test_commune_speaks_for_itself(client):
    make_slot()
    set_profile(text="Có chỗ gửi xe.", phone="0238 3000 017", desk="Bộ phận một cửa")

    page = client.get(f"/{COMMUNE}").text

    assert "Có chỗ gửi xe." in page
    assert 'href="tel:02383000017"' in page


def test_unpublished_plan_shows_the_date_and_nothing_of_the_programme(client):
    make_slot(title="Bí mật", published=False)
    set_profile(text="", phone="0238 3000 017", desk="")

    page = client.get(f"/{COMMUNE}").text

    assert "Đang xếp lịch" in page
    assert "09/10/2027" in page
    assert "0238 3000 017" in page
    assert "Bí mật" not in page


def test_activity_of_an_unpublished_plan_is_not_there(client):
    slot = queries.slot(make_slot(published=False))

    assert client.get(f"/{COMMUNE}/hoat-dong/{slot.activity_id}").status_code == 404


def test_activity_is_not_shown_under_another_commune(client):
    slot = queries.slot(make_slot())
    make_commune("17332", "Xã Khác")

    assert client.get(f"/17332/hoat-dong/{slot.activity_id}").status_code == 404


@pytest.mark.parametrize("words", ["dien thoai", "ĐIỆN THOẠI", "dien tho", "cao tuoi dien"])
def test_search_needs_no_diacritics(client, words):
    make_slot(title="Lớp học số “Điện thoại cho người cao tuổi”")
    make_slot(title="Tọa đàm về chợ")

    page = client.get(f"/{COMMUNE}", query_string={"q": words}).text

    assert "Điện thoại cho người cao tuổi" in page
    assert "Tọa đàm về chợ" not in page


def test_nothing_found_still_shows_everything(client):
    make_slot(title="Tọa đàm về chợ")

    page = client.get(f"/{COMMUNE}?q=zzzz").text

    assert "Không thấy hoạt động nào" in page
    assert "Tọa đàm về chợ" in page


def test_kind_filter_leaves_one_kind(client):
    make_slot(title="Một hội nghị", kind=Kind.CONFERENCE)
    make_slot(title="Một lớp", kind=Kind.CLASS)

    page = client.get(f"/{COMMUNE}?loai=conference").text

    assert "Một hội nghị" in page
    assert "Một lớp" not in page
    assert "Bỏ lọc" in page


def test_one_day_a_page(client):
    make_slot(title="Thứ bảy", starts_at=NOON - timedelta(days=1))
    make_slot(title="Chủ nhật", starts_at=NOON)

    first, second = client.get(f"/{COMMUNE}").text, client.get(f"/{COMMUNE}?ngay=2027-10-10").text

    assert ("Thứ bảy<" in first, "Chủ nhật<" in first) == (True, False)
    assert ("Thứ bảy<" in second, "Chủ nhật<" in second) == (False, True)


def test_booths_open_all_day_are_one_line_that_unfolds(client):
    for number in range(14):
        make_slot(title=f"Gian hàng Số {number}", kind=Kind.BOOTH, starts_at=MORNING, hours=9)

    page, unfolded = client.get(f"/{COMMUNE}").text, client.get(f"/{COMMUNE}?loai=booth").text

    assert "14 gian hàng:" in page
    assert "Gian hàng Số 13" not in page
    assert "Gian hàng Số 13" in unfolded


def test_stations_open_all_day_are_a_line_of_their_own(client):
    for number in range(3):
        make_slot(title=f"Trạm trải nghiệm Số {number}", kind=Kind.STATION, starts_at=MORNING, hours=8)
    make_slot(title="Gian hàng duy nhất", kind=Kind.BOOTH, starts_at=MORNING, hours=8)

    page = client.get(f"/{COMMUNE}").text

    assert "3 trạm trải nghiệm: Số 0, Số 1, Số 2…" in page
    assert "Gian hàng duy nhất</a>" in page
    assert "Trạm trải nghiệm Số 1</a>" not in page


@pytest.mark.parametrize(
    ("minutes", "heading"),
    [
        pytest.param(-45, "Mở cả ngày", id="before they open"),
        pytest.param(45, "Đang diễn ra", id="while they are open"),
    ],
)
def test_on_the_day_booths_open_all_day_are_told(client, minutes, heading):
    for number in range(5):
        make_slot(title=f"Gian hàng Số {number}", kind=Kind.BOOTH, starts_at=MORNING, hours=9)
    at(MORNING + timedelta(minutes=minutes))

    page = client.get(f"/{COMMUNE}").text

    assert page.count("5 gian hàng:") == 1
    assert page.index(heading) < page.index("5 gian hàng:")


def test_rounds_of_a_station_are_one_line(client):
    for number in range(8):
        make_slot(
            title="Trạm VNeID",
            kind=Kind.STATION,
            admission=Admission.SEATS,
            capacity=5,
            starts_at=MORNING + timedelta(minutes=20 * number),
            hours=1 / 3,
        )

    page = client.get(f"/{COMMUNE}").text

    assert page.count("Trạm VNeID") == 1
    assert "8 lượt, mỗi lượt 20 phút" in page
    assert "Còn 40 chỗ" in page


def test_on_the_day_now_and_next_come_first(client):
    make_slot(title="Đang học", starts_at=MORNING, hours=2)
    make_slot(title="Sắp học", starts_at=MORNING + timedelta(minutes=90))
    make_slot(title="Đã học", starts_at=MORNING - timedelta(hours=2), hours=1)
    at(MORNING + timedelta(minutes=65))

    page = client.get(f"/{COMMUNE}").text

    assert page.index("Đang diễn ra") < page.index("Đang học") < page.index("Sắp tới") < page.index("Sắp học") < page.index("Đã học<")
    assert "đến 10:00, còn 55 phút" in page
    assert "09:30, sau 25 phút" in page
    assert "Đã qua: 1 hoạt động" in page


def test_after_the_last_day_the_page_gives_thanks(client):
    make_slot()
    at(NOON + timedelta(days=2))

    page = client.get(f"/{COMMUNE}").text

    assert "Cảm ơn bà con" in page
    assert f"/{COMMUNE}/ngay-hoi-2027?ngay=2027-10-10" in page


def test_results_are_counts_and_hide_what_is_below_five(client):
    slot = make_slot()
    registered(slot, people=6)
    at(NOON + timedelta(days=2))

    page = client.get(f"/{COMMUNE}").text

    assert "người đã đến" not in page
    assert "Nguyễn Văn" not in page


def test_at_most_two_links_lead_to_the_form(client):
    slot = make_slot()

    activity = f"/{COMMUNE}/hoat-dong/{queries.slot(slot).activity_id}?slot={slot}"

    assert activity in client.get(f"/{COMMUNE}").text
    assert f'href="/{COMMUNE}/dang-ky?slot={slot}"' in client.get(activity).text


def test_cancelled_slot_is_told_and_not_offered(client):
    slot = make_slot()
    change_slot(slot, cancelled_at=BEFORE)

    page = client.get(f"/{COMMUNE}/hoat-dong/{queries.slot(slot).activity_id}?slot={slot}").text

    assert "Ca này đã hủy" in page
    assert "dang-ky" not in page


def test_other_slots_of_an_activity_can_be_chosen_without_script(client):
    one = make_slot(title="Lớp “A”")
    other = make_slot(title="Lớp “A”", starts_at=NOON + timedelta(hours=3))

    page = client.get(f"/{COMMUNE}/hoat-dong/{queries.slot(one).activity_id}?slot={other}").text

    assert f'href="/{COMMUNE}/dang-ky?slot={other}"' in page
    assert f"?slot={one}" in page
    assert "<script" not in page


def test_activity_opens_at_a_slot_with_a_free_seat(client):
    full = make_slot(title="Lớp “A”", capacity=1)
    make_slot(title="Lớp “A”", starts_at=NOON + timedelta(hours=3))
    change_slot(full, taken=1)

    page = client.get(f"/{COMMUNE}/hoat-dong/{queries.slot(full).activity_id}").text

    assert "Hết chỗ" in page
    assert f'href="/{COMMUNE}/dang-ky?slot={full}"' not in page
    assert page.count(f"/{COMMUNE}/dang-ky?slot=") == 1


def test_front_page_is_the_only_communes_page(client):
    make_slot(title="Lớp duy nhất")

    assert "Lớp duy nhất" in client.get("/").text


def test_front_page_lists_and_searches_communes(client):
    make_slot()
    make_slot(commune="17332")

    everything, found = client.get("/").text, client.get("/?q=anh son").text

    assert 'href="/17329"' in everything
    assert 'href="/17332"' in everything
    assert 'href="/17329"' in found
    assert 'href="/17332"' not in found


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param({"closes_at": BEFORE}, "không nhận thêm đăng ký", id="closed"),
        pytest.param({"starts_at": BEFORE - timedelta(hours=2), "ends_at": BEFORE - timedelta(hours=1)}, "Hoạt động này đã xong", id="over"),
        pytest.param({"cancelled_at": BEFORE}, "Hoạt động này đã hủy", id="cancelled"),
    ],
)
def test_activity_that_nobody_can_join_says_why(client, change, sentence):
    slot = make_slot()
    with transaction() as session:
        session.execute(update(models.Slot).where(models.Slot.id == slot).values(**change))

    assert sentence in client.get(f"/{COMMUNE}/hoat-dong/{queries.slot(slot).activity_id}").text


@pytest.mark.parametrize("path", ["/99999", "/17329/khong-co", "/17329/hoat-dong/abc", "/khong-co"])
def test_what_is_not_there_offers_the_search(client, path):
    make_slot()

    answer = client.get(path)

    assert answer.status_code == 404
    assert 'name="q"' in answer.text


@pytest.mark.parametrize("arguments", ["ngay=x", "loai=x", "q=%00", "ngay=2027-13-45", "loai=&q=&ngay=", "chu=<script>", "slot=1", "q=" + "a" * 5000])
def test_odd_arguments_do_no_harm(client, arguments):
    make_slot()

    assert client.get(f"/{COMMUNE}?{arguments}").status_code == 200


@pytest.mark.parametrize("slots", [3, 300])
def test_programme_page_asks_the_database_five_times(client, slots):
    for number in range(slots):
        make_slot(title=f"Lớp {number}")

    with count_statements() as asked:
        client.get(f"/{COMMUNE}")

    assert asked.total == 5, asked.statements


def test_a_full_day_of_sixty_slots_fits_a_first_look(client):
    for number in range(60):
        make_slot(
            title=f"Lớp học số “Bài {number}: dùng điện thoại thông minh cho việc nhà”", starts_at=MORNING + timedelta(minutes=10 * (number % 24))
        )

    answer = client.get(f"/{COMMUNE}", headers={"Accept-Encoding": "gzip"})

    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) <= FIRST_LOOK
    assert 'src="' not in gzip.decompress(answer.data).decode()


def test_large_type_is_a_link_that_sets_a_cookie(client):
    make_slot()

    switched = client.get(f"/{COMMUNE}?chu=to")
    afterwards = client.get(f"/{COMMUNE}").text

    assert 'class="large"' in switched.text
    assert 'class="large"' in afterwards
    assert "chu=vua" in afterwards


def test_page_loads_nothing_and_runs_nothing(client):
    make_slot()

    page = client.get(f"/{COMMUNE}").text

    assert "<script" not in page
    assert '<link rel="stylesheet' not in page
    assert " style=" not in page


def test_event_of_another_province_is_not_the_communes(client):
    make_event()
    make_commune("00001", "Phường Xa", province="01")

    assert client.get("/00001/ngay-hoi-2027").status_code == 404


@pytest.mark.parametrize("path", ["/17329/%00", "/p/%00", "/T/%00", "/?q=%00&tinh=%00", "/17329/dang-ky?slot=%00", "/17329/%ED%A0%80"])
def test_no_address_breaks_the_database(each_app, path):
    each_app.testing = False
    make_slot()

    assert each_app.test_client().get(path).status_code < 500
