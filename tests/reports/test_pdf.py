"""The report in the form of Nghị định 30/2020/NĐ-CP, measured on the PDF; its text read back."""

import re
import subprocess
from datetime import date

import pikepdf
import pytest

from eventday.paper import documents
from eventday.programme.domain import Kind
from eventday.reports import pdf
from tests.reports import reading
from tests.reports.facts import activity, entry, facts, full_day, person, report, stamp

BASES = (
    "Kế hoạch số 512/KH-UBND ngày 12 tháng 7 năm 2027 của Ủy ban nhân dân tỉnh Nghệ An về tổ chức Ngày hội",
    "Kế hoạch số 45/KH-UBND ngày 05 tháng 8 năm 2027 của UBND xã Anh Sơn",
)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """A full day's report, drawn once for all measurements."""
    from eventday.app import create_app
    from eventday.config import Settings

    app = create_app(Settings(instance=tmp_path_factory.mktemp("drawn")))
    with app.app_context():
        return pdf.draw(report(full_day(), bases=BASES, addressees=("Ủy ban nhân dân tỉnh Nghệ An", "Sở Khoa học và Công nghệ tỉnh Nghệ An")))


@pytest.fixture(scope="module")
def head(drawn):
    return reading.runs(reading.pages(drawn)[0])


def test_widths_are_the_style_sheet_s_own(app):
    """The preview's policy allows no style attribute; a width that the sheet does not know would be lost."""
    told = pdf.page(report(full_day(), bases=BASES))
    used = set(re.findall(r'<col class="(mm[^"]+)">', told))

    assert 'style="' not in told
    assert {width for width in used if f".{width} {{ width: {width[2:].replace('-', '.')}mm }}" not in documents.style("state.css")} == set()
    assert len(used) > 10


def _run(runs, words):
    return next(run for run in runs if run.text.startswith(words))


@pytest.mark.parametrize(
    ("words", "y", "size", "face"),
    [
        ("ỦY BAN NHÂN DÂN", 23.9, 12, "Tinos-Bold"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 23.9, 12, "Tinos-Bold"),
        ("XÃ ANH SƠN", 28.7, 12, "Tinos-Bold"),
        ("Độc lập - Tự do - Hạnh phúc", 28.7, 13, "Tinos-Bold"),
        ("Số:", 37.7, 13, "Tinos"),
        ("/BC-UBND", 37.7, 13, "Tinos"),
        ("Anh Sơn, ngày 12 tháng 10 năm 2027", 37.7, 13, "Tinos-Italic"),
        ("BÁO CÁO", 50.1, 14, "Tinos-Bold"),
        ("Kết quả tổ chức Ngày hội", 56.6, 14, "Tinos-Bold"),
    ],
)
def test_head_stands_where_the_decree_puts_it(head, words, y, size, face):
    run = _run(head, words)

    assert abs(run.y - y) <= 0.2
    assert (run.size, run.face) == (size, face)


def test_margins_are_thirty_left_and_twenty_at_the_top(drawn):
    upright = [page for page in reading.pages(drawn) if reading.size(page) == (210, 297)]
    lines = [run for page in upright for run in reading.runs(page) if run.size in (11, 12, 14)]  # not page numbers, not what charts say

    assert min(run.x for run in lines) >= 30 - 0.2
    assert min(run.y for run in lines) >= 20
    assert max(run.y for run in lines) <= 277


def test_first_line_of_a_paragraph_is_set_in_and_lines_follow_at_six_and_a_half(head):
    start = next(at for at, run in enumerate(head) if run.text.startswith("Thực hiện Kế hoạch số 512"))
    below = [run for run in head[start:] if run.y > head[start].y and run.size == 14]

    assert (head[start].x, below[0].x) == (42.7, 30.0)
    assert abs(below[0].y - head[start].y - 6.5) < 0.15


def test_page_numbers_stand_in_the_top_margin_from_page_two_and_each_annex_counts_for_itself(drawn):
    numbers = []
    for page in reading.pages(drawn):
        above = [run for run in reading.runs(page) if run.y < 18]
        numbers.append((reading.size(page)[0] > 250, above[0].text if above else ""))
        if above:
            assert (above[0].y, above[0].size, above[0].face) == (11.5, 13, "Tinos")
    body = [number for across, number in numbers if not across]
    annexes = [number for across, number in numbers if across]

    assert body == ["", *(str(at) for at in range(2, len(body) + 1))]
    assert annexes.count("") == 2
    assert annexes[0] == ""


def test_annexes_lie_across_and_are_named(drawn):
    across = [page for page in reading.pages(drawn) if reading.size(page) == (297, 210)]

    first = [reading.runs(page)[0].text for page in across if not any(run.y < 18 for run in reading.runs(page))]
    assert first == ["Phụ lục I", "Phụ lục II"]


def test_only_packaged_faces_are_used_and_all_are_embedded(drawn, tmp_path):
    (tmp_path / "report.pdf").write_bytes(drawn)
    listed = subprocess.run(["pdffonts", "report.pdf"], cwd=tmp_path, check=True, capture_output=True, text=True).stdout.splitlines()[2:]

    names = {line.split()[0].partition("+")[2] for line in listed}
    assert names == {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-Bold-Italic"}
    assert all(re.search(r"Identity-H\s+yes yes yes", line) for line in listed)


def test_document_is_tagged_titled_and_vietnamese(drawn, tmp_path):
    (tmp_path / "report.pdf").write_bytes(drawn)
    with pikepdf.open(tmp_path / "report.pdf") as document:
        assert (str(document.Root.Lang), bool(document.Root.MarkInfo.Marked)) == ("vi", True)
        assert str(document.docinfo["/Title"]).startswith("Báo cáo Kết quả tổ chức Ngày hội")
        figures = [one for one in _elements(document.Root.StructTreeRoot) if one.get("/S") == "/Figure"]
        assert len(figures) == 2
        assert all(str(figure.get("/Alt", "")) for figure in figures)


def _elements(node):
    if isinstance(node, pikepdf.Dictionary):
        yield node
        kids = node.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            yield from _elements(kid)


def test_sections_letters_and_lists_come_in_the_states_order(drawn):
    text = reading.text(drawn)
    order = (
        "Kính gửi: - Ủy ban nhân dân tỉnh Nghệ An; - Sở Khoa học và Công nghệ tỉnh Nghệ An.",
        "Thực hiện Kế hoạch số 512/KH-UBND",
        "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI",
        "II. KẾT QUẢ THỰC HIỆN",
        "a) Gian hàng",
        "b) Hội nghị, tọa đàm",
        "c) Trạm trải nghiệm",
        "d) Lớp học số",
        "đ) Hoạt động trực tuyến",
        "3. Người dân tham gia",
        "4. Kỹ năng số đã hướng dẫn",
        "III. ĐÁNH GIÁ CHUNG",
        "IV. NHIỆM VỤ, GIẢI PHÁP THỜI GIAN TỚI",
        "V. ĐỀ XUẤT, KIẾN NGHỊ",
        "xem xét, chỉ đạo./.",
        "Nơi nhận: - Như trên;",
        "- Lưu: VT, VHXH.",
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Phan Xuân Hải",
        "BIỂU SỐ LIỆU NGƯỜI DÂN THAM GIA THEO THÔN, BẢN",
        "DANH MỤC HOẠT ĐỘNG VÀ KẾT QUẢ",
    )
    places = [text.find(words) for words in order]
    assert -1 not in places, [words for words, place in zip(order, places, strict=True) if place < 0]
    assert places == sorted(places)


def test_figures_in_prose_are_those_that_were_counted(drawn):
    counted = report(full_day()).figures
    text = reading.text(drawn)

    t = counted.totals
    assert (
        f"Có {t.came} người trực tiếp tham gia với {t.attendances} lượt; {t.online} lượt tham gia trực tuyến; tổng cộng {t.all_attendances} lượt"
        in text
    )
    assert f"Đã cấp {counted.passes} thẻ ngày hội, mỗi người một thẻ: {t.registered} người đăng ký trước, {counted.issued_at_gate} người" in text


def test_signature_is_held_together_and_leaves_room(drawn):
    for page in reading.pages(drawn):
        found = reading.runs(page)
        if any(run.text == "CHỦ TỊCH" for run in found):
            title, name, place = (_run(found, words) for words in ("CHỦ TỊCH", "Phan Xuân Hải", "Nơi nhận:"))
            assert 27 <= name.y - title.y <= 36
            assert (place.size, place.face) == (12, "Tinos-Bold-Italic")
            return
    raise AssertionError("nobody signs")


def test_event_without_anybody_is_reported_honestly(app):
    text = reading.text(pdf.draw(report(facts(activities=[]))))

    for words in (
        "Chưa ghi nhận được người nào có mặt.",
        "Chưa có hoạt động nào được tổ chức.",
        "Chưa có người đăng ký và chưa cấp thẻ ngày hội nào.",
    ):
        assert words in text
    assert "Biểu đồ" not in text
    assert "0,0%" not in text


def test_share_without_a_base_is_a_dash(app):
    text = reading.text(pdf.draw(report(facts([person("An", channel="walk_in")], [entry("An"), stamp("An", "station")]))))

    assert "Tại chỗ trong ngày – – – 1 1 100,0%" in text
    assert "Có 1 người học được ít nhất một kỹ năng số" in text


def test_deputy_signs_for_the_chairman_and_own_words_replace_what_is_neutral(app):
    words = {"forces": "Có 64 tình nguyện viên.", "causes": "Mưa lớn buổi chiều."}
    text = reading.text(pdf.draw(report(facts(activities=[activity(Kind.TALK)]), deputy=True, texts=words, addressees=())))

    assert "KT. CHỦ TỊCH PHÓ CHỦ TỊCH Phan Xuân Hải" in text
    assert "Có 64 tình nguyện viên." in text
    assert "3. Nguyên nhân Mưa lớn buổi chiều." in text
    assert "chưa tổng hợp kinh phí" not in text
    assert "Kính gửi" not in text


def test_what_people_typed_is_text_and_not_markup(app):
    evil = {"strengths": "<img src=x> & <b>đậm</b>"}

    assert "<img src=x> & <b>đậm</b>" in reading.text(pdf.draw(report(facts(activities=[]), texts=evil)))


def test_long_titles_and_many_days_stay_inside_the_sheet(app):
    name = "Gian hàng " + "Chuyểnđổisốtrongnôngnghiệp" * 6
    one = activity(Kind.BOOTH, day=date(2027, 10, 9))
    long = type(one)(**{**vars(one), "title": name, "host": "Đ" * 120})

    made = pdf.draw(report(facts(activities=[long])))

    for page in reading.pages(made):
        assert max(run.x for run in reading.runs(page)) < reading.size(page)[0] - 15
