"""Which pages browsers are led through, and how one finds a page that was left out."""

import re

DESK = "/lam-viec/17329/ngay-hoi-2027"
RESIDENTS = ("/", "/17329", "/17329?q=khongco", "{activity}", "{form}", "{holder}", "{holder}/them", "{holder}/cap-lai", "/dang-nhap", "/khong-co")
PLACES = (f"{DESK}/dia-phuong", f"{DESK}/dia-phuong/phong/moi", f"{DESK}/dia-phuong/dia-diem/moi", f"{DESK}/dia-phuong/gioi-thieu")
STAFF = (
    "/lam-viec?all=1",
    "/lam-viec/tai-khoan",
    f"{DESK}/nguoi-lam-viec",
    f"{DESK}/nguoi-lam-viec?q=khongco",
    "/lam-viec/viec/{job}",
    f"{DESK}/khong-co",
)
DESKS = (
    DESK,
    f"{DESK}/ke-hoach",
    f"{DESK}/ke-hoach/nhap",
    f"{DESK}/ke-hoach/chep",
    f"{DESK}/ke-hoach/hoat-dong/moi",
    DESK + "/ke-hoach/ca/{slot}",
    DESK + "/ke-hoach/ca/{slot}/huy",
    DESK + "/ke-hoach/hoat-dong/{of_slot}",
    DESK + "/ke-hoach/hoat-dong/{of_slot}/ca-moi",
    DESK + "/ke-hoach/hoat-dong/{of_slot}/xoa",
    f"{DESK}/nguoi-tham-gia",
    f"{DESK}/nguoi-tham-gia?q=nguyen",
    f"{DESK}/nguoi-tham-gia/them",
    f"{DESK}/nguoi-tham-gia/trung",
    DESK + "/nguoi-tham-gia/{twin}",
    DESK + "/nguoi-tham-gia/{twin}?da=sua",
    DESK + "/nguoi-tham-gia?slot={slot}",
    DESK + "/nguoi-tham-gia?slot={slot}&loai=cho",
    f"{DESK}/nguoi-tham-gia?q=khongco",
    DESK + "/nguoi-tham-gia/{slot}/in",
    f"{DESK}/ke-hoach/nhap/xong",
    DESK + "/dia-phuong/dia-diem/{venue}",
    DESK + "/nguoi-tham-gia/gop?the={double}&the={twin}",
    f"{DESK}/nguoi-tham-gia/nhap",
    f"{DESK}/may-quet",
    DESK + "/may-quet/{device}/ten",
    f"{DESK}/ngay-hoi",
    f"{DESK}/bao-cao",
    f"{DESK}/nhat-ky",
    f"{DESK}/viec-nen",
    f"{DESK}/nhat-ky?kiem=1&tu=x",
    *PLACES,
    *STAFF,
)
WIDER = (
    "",
    "?q=khongco",
    "/ngay-hoi/ngay-hoi-2027",
    "/ngay-hoi/ngay-hoi-2027/huy",
    "/ngay-hoi/ngay-hoi-2028/xoa",
    "/ngay-hoi/moi?tu=ngay-hoi-2027",
    "/nguoi-lam-viec",
)
COUNTRY = ("/lam-viec/ca-nuoc/nguoi-lam-viec", "/lam-viec/nhat-ky/40", "/lam-viec/nhat-ky/country")
# Files, the report's own document (held to the law's layout, not the desk's), and what a test below leads to by its own steps.
NO_PAGES = ("tai-ve", "danh-dau", "tep", "so-lieu.json", "<uuid:job_id>.pdf", "xem", "dia-diem")


def filled(rule: str) -> str:
    """A rule's shape: what it names is one word."""
    return re.sub(r"<[^>]*>", "_", re.sub(r"<any\([^)]*\):slug>", "_", rule))


def shape(path: str) -> str:
    """The shape of a page's address."""
    path = re.sub(r"\{[^}]*\}", "_", path.partition("?")[0])
    path = re.sub(r"/lam-viec/17329/ngay-hoi-2027", "/lam-viec/_/_", path)
    return re.sub(r"/dia-phuong/(phong|dia-diem)/", "/dia-phuong/_/", re.sub(r"/tinh/40(/ngay-hoi/ngay-hoi-\d+)?", _wider, path)).replace(
        "/nhat-ky/40", "/nhat-ky/_"
    )


def _wider(found: re.Match[str]) -> str:
    return "/tinh/_/ngay-hoi/_" if found[1] else "/tinh/_"
