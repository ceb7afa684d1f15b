import pytest

from eventday.accounts import domain, hashing
from eventday.accounts.domain import PasswordCommon, PasswordOfContext, PasswordTooLong, PasswordTooShort
from eventday.accounts.hashing import common_passwords

ABOUT = ["Lê Thị Ngân", "ngan le anhson example vn", "Xã Anh Sơn", "Nghệ An", "Tuyên Quang"]


def test_the_list_of_common_passwords_is_long():
    assert len(common_passwords()) >= 3000
    assert {"password", "1qaz2wsx3edc", "qwertyuiop"} <= common_passwords()


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("Mười một ch", PasswordTooShort),
        ("x" * 5 + "đ" * 196, PasswordTooLong),
        ("passwordpassword", PasswordCommon),
        ("1qaz2wsx3edc4rfv", PasswordCommon),
        ("Password123456", PasswordCommon),
        ("sunshine-2027", PasswordCommon),
        ("abcabcabcabcabc", PasswordCommon),
        ("aaaaaaaaaaaaaa", PasswordCommon),
        ("sotuyenquang", PasswordOfContext),
        ("sotuyenquang1010", PasswordOfContext),
        ("ngayhoi10102027", PasswordOfContext),
        ("Xã Anh Sơn 2027", PasswordOfContext),
        ("xaanhson@12345", PasswordOfContext),
        ("ngan.le@anhson.example.vn", PasswordOfContext),
        ("LeThiNgan1985!", PasswordOfContext),
        ("0912345678xa", PasswordOfContext),
        ("10/10/2027 07:30", PasswordOfContext),
    ],
)
def test_what_a_stranger_would_try_is_refused(password, refusal):
    with pytest.raises(refusal):
        domain.check(password, common_passwords(), ABOUT)


@pytest.mark.parametrize(
    "password", ["Mật khẩu dài của chị Ngân", "con trâu đi trước cái cày", "7f3$9Kd!2x8Q", "🐃" * 3 + "đồng làng mình", "correct horse battery"]
)
def test_a_sentence_of_one_s_own_is_taken(password):
    domain.check(password, common_passwords(), ABOUT)


def test_a_list_of_fifty_common_ones_is_refused_to_the_last():
    long = sorted(word for word in common_passwords() if len(word) >= domain.SHORTEST)[:50]

    assert len(long) == 50
    for word in long:
        with pytest.raises(domain.WeakPassword):
            domain.check(word, common_passwords(), ABOUT)


def test_no_password_fits_nobody_s_hash():
    assert not hashing.fits("no password is this one, whatever is typed", None)
