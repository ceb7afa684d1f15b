import pytest

from eventday.access import queries, service
from eventday.access.domain import Role
from eventday.app import create_app
from eventday.config import Settings
from eventday.kernel import clock
from tests.desk import open_link, sign_in, token_of
from tests.factories import COMMUNE, make_commune


@pytest.fixture
def link(app):
    make_commune()
    return service.add_person("ngan@xa.vn", Role.ORGANISER, f"commune:{COMMUNE}", now=clock.now())


def test_looking_at_a_link_does_not_use_it(app, link):
    client = app.test_client()

    pages = [client.get(f"/dang-nhap/{link}"), client.head(f"/dang-nhap/{link}")]

    assert [page.status_code for page in pages] == [200, 200]
    assert "Vào làm việc" in pages[0].text
    assert client.get("/lam-viec").status_code == 302
    assert queries.link_works(link, now=clock.now())


def test_the_button_signs_in_once(app, link):
    slow = app.test_client()
    token = token_of(slow.get(f"/dang-nhap/{link}"))

    first = open_link(app.test_client(), link)
    second = slow.post(f"/dang-nhap/{link}", data={"csrf_token": token})

    assert (first.status_code, first.location) == (303, "/lam-viec")
    assert second.status_code == 410
    assert "không còn dùng được" in second.text


def test_a_link_that_never_was_looks_like_one_that_was_used(app, link):
    client = app.test_client()
    open_link(client, link)

    assert app.test_client().get(f"/dang-nhap/{link}").text == app.test_client().get("/dang-nhap/never-was").text


def test_the_cookie_is_kept_from_scripts_and_other_sites(app, link):
    cookie = open_link(app.test_client(), link).headers["Set-Cookie"]

    assert cookie.startswith("eventday=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_over_https_the_cookie_is_bound_to_the_host(tmp_path):
    app = create_app(Settings(instance=tmp_path, public_url="https://ngayhoi.example"))
    with app.app_context():
        make_commune()
        link = service.add_person("ngan@xa.vn", Role.ORGANISER, f"commune:{COMMUNE}", now=clock.now())
        answer = open_link(app.test_client(), link, base_url="https://ngayhoi.example")

    assert answer.headers["Set-Cookie"].startswith("__Host-eventday=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(answer.headers["Set-Cookie"].split("; "))


def test_signing_in_gives_a_new_session_and_ends_the_old(app, link):
    client = app.test_client()
    open_link(client, link)
    old = client.get_cookie("eventday").value

    open_link(client, service.add_person("ngan@xa.vn", Role.ORGANISER, f"commune:{COMMUNE}", now=clock.now()))

    assert client.get_cookie("eventday").value != old
    assert queries.person_of_session(old, now=clock.now()) is None


def test_signing_out_ends_the_session_for_good(app):
    make_commune()
    desk = sign_in(app)
    secret = desk.client.get_cookie("eventday").value

    answer = desk.post("/dang-xuat")
    desk.client.set_cookie("eventday", secret)

    assert (answer.status_code, answer.location) == (303, "/dang-nhap")
    assert desk.get("/lam-viec").status_code == 302


def test_signing_out_needs_the_form_token(app):
    make_commune()
    desk = sign_in(app)

    answer = desk.client.post("/dang-xuat")

    assert answer.status_code == 403
    assert desk.get("/lam-viec?all=1").status_code == 200


def test_another_session_s_token_is_refused(app):
    make_commune()
    mine, other = sign_in(app, email="a@xa.vn"), sign_in(app, email="b@xa.vn")

    answer = mine.client.post("/dang-xuat", data={"csrf_token": other.token})

    assert answer.status_code == 403
    assert "lần đăng nhập trước" in answer.text


def pasted(client, link, target):
    return client.post("/dang-nhap", data={"link": link, "next": target, "csrf_token": token_of(client.get("/dang-nhap"))})


def test_a_pasted_link_leads_where_one_wanted_to_go(app, link):
    client = app.test_client()
    asked = client.get("/lam-viec?all=1")
    form = client.get(asked.location).text

    answer = pasted(client, f" http://127.0.0.1:8000/dang-nhap/{link} ", "/lam-viec?all=1")

    assert asked.location == "/dang-nhap?next=/lam-viec?all%3D1"
    assert 'value="/lam-viec?all=1"' in form
    assert (answer.status_code, answer.location) == (303, "/lam-viec?all=1")


@pytest.mark.parametrize(
    "target", ["//evil.example", "/\\evil.example", "https://evil.example", "https:evil.example", "/\t/evil.example", "/a\r\nX: y", "evil"]
)
def test_next_never_leaves_the_site(app, link, target):
    answer = pasted(app.test_client(), link, target)

    assert (answer.status_code, answer.location) == (303, "/lam-viec")


def test_a_wrong_link_is_told_beside_the_field(app):
    answer = pasted(app.test_client(), "abc", "/lam-viec")

    assert answer.status_code == 422
    assert "đã dùng, đã hết hạn, hoặc chép chưa đủ" in answer.text
    assert 'value="/lam-viec"' in answer.text


def test_who_is_signed_in_goes_on_to_work(app):
    make_commune()
    desk = sign_in(app)

    assert desk.get("/dang-nhap").location == "/lam-viec"


def test_a_foreign_page_cannot_sign_anybody_in(app, link):
    answers = [
        open_link(app.test_client(), link, headers={"Origin": "https://evil.example"}),
        app.test_client().post(f"/dang-nhap/{link}"),
        app.test_client().post("/dang-nhap", data={"link": link}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 3
    assert queries.link_works(link, now=clock.now())
