import pytest

from eventday.registrations.passes import format_code
from eventday.registrations.terms import sought, terms_of


def test_a_person_is_found_by_each_word_and_by_the_phone_from_its_end():
    assert terms_of("nguyen van an", "+84912345678") == ["#8765432190", "an", "nguyen", "van"]


@pytest.mark.parametrize("text", ["0912345678", "0912 345 678", "0912.345.678", "+84 912 345 678", "84912345678", "0912-345-678"])
def test_a_phone_is_one_term_however_it_is_written(text):
    assert sought(text).terms == ("#8765432190",)


@pytest.mark.parametrize(
    ("text", "terms"),
    [("678", ("#876",)), ("An 5678", ("#8765", "an")), ("Đặng Thị 2", ("dang", "thi", "2")), ("912345678", ("#876543219",)), ("–", ())],
)
def test_words_begin_and_digits_end(text, terms):
    assert sought(text).terms == terms


def test_a_code_is_known_by_its_last_character():
    assert sought(format_code("DME4NT1R").lower()).typed == "DME4NT1R"
    assert sought("DME-4NT-1R0").typed is None
