"""A commune's logo is drawn anew (eventday.places.logos) and shown (eventday.places.profiles)."""

from io import BytesIO

import pytest
from PIL import Image, ImageFile

from eventday.places import logos, profiles, queries
from eventday.places.domain import Profile
from eventday.places.logos import BadLogo, TooLargeLogo
from eventday.web.edits import Stale, stamp
from tests.factories import BEFORE, make_commune


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 200), **options) -> bytes:
    drawn = BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(drawn, kind, **options)
    return drawn.getvalue()


def with_position() -> bytes:
    """A photograph that says where and by whom it was taken."""
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = "Nhà ông Ba", "Trần Thị Bí Mật"
    return picture("JPEG", exif=exif, comment=b"bi mat")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_both_sizes_are_kept_and_the_page_s_is_light(tmp_path, kind):
    name = logos.keep(tmp_path, picture(kind, (600, 400)))

    assert Image.open(tmp_path / f"{name}.webp").size == (96, 64)
    assert Image.open(tmp_path / f"{name}.png").size == (512, 341)
    assert (tmp_path / f"{name}.webp").stat().st_size <= 3000


def test_nothing_of_what_the_file_had_besides_is_kept(tmp_path):
    name = logos.keep(tmp_path, with_position())
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{name}.png", f"{name}.webp"]
    assert all(secret not in kept for secret in (b"Exif", "Bí Mật".encode(), b"bi mat"))


@pytest.mark.parametrize(
    "content", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + bytes(99), picture()[:400], picture("BMP"), picture("TIFF")]
)
def test_what_is_no_known_picture_is_refused_whatever_its_name(tmp_path, content):
    with pytest.raises(BadLogo):
        logos.keep(tmp_path, content)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_that_was_cut_off_is_refused_after_weasyprint_was_loaded_too(tmp_path, monkeypatch, kind):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    whole = picture(kind)
    logos.keep(tmp_path, whole)

    with pytest.raises(BadLogo):
        logos.keep(tmp_path, whole[: len(whole) * 3 // 4])


@pytest.mark.parametrize("content", [bytes(logos.MAX_BYTES + 1), picture(size=(4097, 1))])
def test_what_is_too_large_is_refused_before_it_is_unpacked(tmp_path, content):
    with pytest.raises(TooLargeLogo):
        logos.keep(tmp_path, content)


def test_the_logo_and_the_words_are_changed_apart(each_app, tmp_path):
    commune = make_commune()
    profiles.save_logo(commune, tmp_path, picture(), now=BEFORE)
    logo = queries.profile(commune).logo
    profiles.save_words(commune, "Xã miền núi", "0238 3000 017", "Một cửa", seen=None, now=BEFORE)

    assert queries.profile(commune) == Profile("Xã miền núi", "0238 3000 017", "Một cửa", logo)


def test_a_logo_taken_away_can_be_shown_again(each_app, tmp_path):
    commune = make_commune()
    profiles.save_logo(commune, tmp_path, picture(), now=BEFORE)
    logo = queries.profile(commune).logo
    profiles.show_logo(commune, "", now=BEFORE)
    gone = queries.profile(commune).logo
    profiles.show_logo(commune, logo, now=BEFORE)

    assert (gone, queries.profile(commune).logo) == ("", logo)


def test_words_that_somebody_changed_meanwhile_are_not_overwritten_unseen(each_app):
    commune = make_commune()
    seen = stamp(profiles.words(Profile()))
    profiles.save_words(commune, "Bản mới", "", "", seen=seen, now=BEFORE)

    with pytest.raises(Stale):
        profiles.save_words(commune, "Bản của tôi", "", "", seen=seen, now=BEFORE)
    assert queries.profile(commune).text == "Bản mới"
