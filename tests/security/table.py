"""Who may use each route: a decision a line. A route that is not here fails the suite, and so does a line without its route.

`anybody`; `person`: whoever is signed in, for their own things; `viewer`, `desk`, `organiser`: that role (or a higher one) at the
place that the address names; `token …`: an API token of that role; `device`: an enrolled phone.
"""

import re
from dataclasses import dataclass

TABLE = """
GET    /                                                                             anybody
GET    /<commune:code>                                                               anybody
GET    /<commune:code>/<event>                                                       anybody
GET    /<commune:code>/dang-ky                                                       anybody
POST   /<commune:code>/dang-ky                                                       anybody
GET    /<commune:code>/du-lieu-ca-nhan                                               anybody
GET    /<commune:code>/hoat-dong/<uuid:activity_id>                                  anybody
GET    /<commune:code>/logo/<name>.webp                                              anybody
GET    /T/<token>                                                                    anybody
GET    /api/v1/checkins                                                              token organiser
POST   /api/v1/checkins                                                              device
POST   /api/v1/devices                                                               anybody
GET    /api/v1/devices/me/bundle                                                     device
GET    /api/v1/events                                                                anybody
GET    /api/v1/events/<event>/slots                                                  anybody
GET    /api/v1/live                                                                  token viewer
GET    /api/v1/openapi.json                                                          anybody
GET    /api/v1/passes/<key>                                                          token viewer or device
GET    /api/v1/registrations                                                         token organiser
POST   /api/v1/registrations                                                         token organiser
DELETE /api/v1/registrations/<registration>                                          token organiser
POST   /api/v1/walk-ins                                                              device
GET    /dang-nhap                                                                    anybody
POST   /dang-nhap                                                                    anybody
GET    /dang-nhap/<link>                                                             anybody
POST   /dang-nhap/<link>                                                             anybody
GET    /dang-nhap/mat-khau                                                           anybody
POST   /dang-nhap/mat-khau                                                           anybody
POST   /dang-xuat                                                                    person
GET    /healthz                                                                      anybody
GET    /lam-viec                                                                     person
GET    /lam-viec/<commune:code>/<event>                                              viewer
GET    /lam-viec/<commune:code>/<event>/bao-cao                                      viewer
POST   /lam-viec/<commune:code>/<event>/bao-cao                                      organiser
GET    /lam-viec/<commune:code>/<event>/bao-cao/<uuid:job_id>.pdf                    viewer
POST   /lam-viec/<commune:code>/<event>/bao-cao/lap                                  organiser
GET    /lam-viec/<commune:code>/<event>/bao-cao/so-lieu.json                         viewer
GET    /lam-viec/<commune:code>/<event>/bao-cao/xem                                  viewer
GET    /lam-viec/<commune:code>/<event>/dia-phuong                                   viewer
GET    /lam-viec/<commune:code>/<event>/dia-phuong/<any:slug>/<uuid:thing_id>        organiser
POST   /lam-viec/<commune:code>/<event>/dia-phuong/<any:slug>/<uuid:thing_id>        organiser
POST   /lam-viec/<commune:code>/<event>/dia-phuong/<any:slug>/<uuid:thing_id>/xoa    organiser
GET    /lam-viec/<commune:code>/<event>/dia-phuong/<any:slug>/moi                    organiser
POST   /lam-viec/<commune:code>/<event>/dia-phuong/<any:slug>/moi                    organiser
GET    /lam-viec/<commune:code>/<event>/dia-phuong/gioi-thieu                        organiser
POST   /lam-viec/<commune:code>/<event>/dia-phuong/gioi-thieu                        organiser
POST   /lam-viec/<commune:code>/<event>/dia-phuong/gioi-thieu/logo                   organiser
POST   /lam-viec/<commune:code>/<event>/dia-phuong/gioi-thieu/logo/bo                organiser
POST   /lam-viec/<commune:code>/<event>/dia-phuong/gioi-thieu/logo/lai               organiser
POST   /lam-viec/<commune:code>/<event>/dia-phuong/hoan-tac/<uuid:thing_id>          organiser
GET    /lam-viec/<commune:code>/<event>/ke-hoach                                     viewer
GET    /lam-viec/<commune:code>/<event>/ke-hoach/ca/<uuid:occurrence_id>             organiser
POST   /lam-viec/<commune:code>/<event>/ke-hoach/ca/<uuid:occurrence_id>             organiser
GET    /lam-viec/<commune:code>/<event>/ke-hoach/ca/<uuid:occurrence_id>/huy         organiser
POST   /lam-viec/<commune:code>/<event>/ke-hoach/ca/<uuid:occurrence_id>/huy         organiser
POST   /lam-viec/<commune:code>/<event>/ke-hoach/ca/<uuid:occurrence_id>/mo-lai      organiser
POST   /lam-viec/<commune:code>/<event>/ke-hoach/ca/<uuid:occurrence_id>/xoa         organiser
GET    /lam-viec/<commune:code>/<event>/ke-hoach/chep                                organiser
POST   /lam-viec/<commune:code>/<event>/ke-hoach/chep                                organiser
POST   /lam-viec/<commune:code>/<event>/ke-hoach/cong-bo                             organiser
POST   /lam-viec/<commune:code>/<event>/ke-hoach/hoan-tac/<uuid:removed_id>          organiser
GET    /lam-viec/<commune:code>/<event>/ke-hoach/hoat-dong/<uuid:activity_id>        organiser
POST   /lam-viec/<commune:code>/<event>/ke-hoach/hoat-dong/<uuid:activity_id>        organiser
GET    /lam-viec/<commune:code>/<event>/ke-hoach/hoat-dong/<uuid:activity_id>/ca-moi organiser
POST   /lam-viec/<commune:code>/<event>/ke-hoach/hoat-dong/<uuid:activity_id>/ca-moi organiser
GET    /lam-viec/<commune:code>/<event>/ke-hoach/hoat-dong/<uuid:activity_id>/xoa    organiser
POST   /lam-viec/<commune:code>/<event>/ke-hoach/hoat-dong/<uuid:activity_id>/xoa    organiser
GET    /lam-viec/<commune:code>/<event>/ke-hoach/hoat-dong/moi                       organiser
POST   /lam-viec/<commune:code>/<event>/ke-hoach/hoat-dong/moi                       organiser
GET    /lam-viec/<commune:code>/<event>/ke-hoach/nhap                                organiser
POST   /lam-viec/<commune:code>/<event>/ke-hoach/nhap                                organiser
POST   /lam-viec/<commune:code>/<event>/ke-hoach/nhap/<token>                        organiser
POST   /lam-viec/<commune:code>/<event>/ke-hoach/nhap/<token>/bo                     organiser
GET    /lam-viec/<commune:code>/<event>/ke-hoach/nhap/<token>/danh-dau               organiser
POST   /lam-viec/<commune:code>/<event>/ke-hoach/nhap/<token>/danh-dau               organiser
GET    /lam-viec/<commune:code>/<event>/ke-hoach/nhap/<token>/dia-diem               organiser
POST   /lam-viec/<commune:code>/<event>/ke-hoach/nhap/<token>/dia-diem               organiser
POST   /lam-viec/<commune:code>/<event>/ke-hoach/nhap/<token>/sua                    organiser
GET    /lam-viec/<commune:code>/<event>/ke-hoach/nhap/xong                           organiser
GET    /lam-viec/<commune:code>/<event>/ke-hoach/tai-ve                              viewer
GET    /lam-viec/<commune:code>/<event>/may-quet                                     viewer
POST   /lam-viec/<commune:code>/<event>/may-quet                                     organiser
GET    /lam-viec/<commune:code>/<event>/may-quet/<uuid:device_id>/ten                organiser
POST   /lam-viec/<commune:code>/<event>/may-quet/<uuid:device_id>/ten                organiser
POST   /lam-viec/<commune:code>/<event>/may-quet/<uuid:device_id>/thu-hoi            organiser
GET    /lam-viec/<commune:code>/<event>/ngay-hoi                                     viewer
GET    /lam-viec/<commune:code>/<event>/nguoi-lam-viec                               organiser
POST   /lam-viec/<commune:code>/<event>/nguoi-lam-viec                               organiser
POST   /lam-viec/<commune:code>/<event>/nguoi-lam-viec/<uuid:grant_id>/bo            organiser
POST   /lam-viec/<commune:code>/<event>/nguoi-lam-viec/<uuid:grant_id>/duong-dan     organiser
POST   /lam-viec/<commune:code>/<event>/nguoi-lam-viec/hoan-tac                      organiser
POST   /lam-viec/<commune:code>/<event>/nguoi-lam-viec/<uuid:grant_id>/khoa          organiser
POST   /lam-viec/<commune:code>/<event>/nguoi-lam-viec/<uuid:grant_id>/mo-khoa       organiser
POST   /lam-viec/<commune:code>/<event>/nguoi-lam-viec/<uuid:grant_id>/vai-tro       organiser
GET    /lam-viec/<commune:code>/<event>/nguoi-tham-gia                               desk
GET    /lam-viec/<commune:code>/<event>/nguoi-tham-gia/<uuid:pass_id>                desk
POST   /lam-viec/<commune:code>/<event>/nguoi-tham-gia/<uuid:pass_id>                desk
POST   /lam-viec/<commune:code>/<event>/nguoi-tham-gia/<uuid:pass_id>/chuyen         desk
POST   /lam-viec/<commune:code>/<event>/nguoi-tham-gia/<uuid:pass_id>/hoan-tac       desk
POST   /lam-viec/<commune:code>/<event>/nguoi-tham-gia/<uuid:pass_id>/huy            desk
POST   /lam-viec/<commune:code>/<event>/nguoi-tham-gia/<uuid:pass_id>/tach           desk
POST   /lam-viec/<commune:code>/<event>/nguoi-tham-gia/<uuid:pass_id>/them-ca        desk
GET    /lam-viec/<commune:code>/<event>/nguoi-tham-gia/<uuid:slot_id>/in             desk
GET    /lam-viec/<commune:code>/<event>/nguoi-tham-gia/<uuid:slot_id>/tai-ve         desk
POST   /lam-viec/<commune:code>/<event>/nguoi-tham-gia/<uuid:slot_id>/the            desk
GET    /lam-viec/<commune:code>/<event>/nguoi-tham-gia/gop                           desk
POST   /lam-viec/<commune:code>/<event>/nguoi-tham-gia/gop                           desk
GET    /lam-viec/<commune:code>/<event>/nguoi-tham-gia/nhap                          organiser
POST   /lam-viec/<commune:code>/<event>/nguoi-tham-gia/nhap                          organiser
POST   /lam-viec/<commune:code>/<event>/nguoi-tham-gia/nhap/<token>                  organiser
GET    /lam-viec/<commune:code>/<event>/nguoi-tham-gia/them                          desk
POST   /lam-viec/<commune:code>/<event>/nguoi-tham-gia/them                          desk
GET    /lam-viec/<commune:code>/<event>/nguoi-tham-gia/trung                         desk
POST   /lam-viec/<commune:code>/<event>/nguoi-tham-gia/trung                         desk
GET    /lam-viec/<commune:code>/<event>/nhat-ky                                      organiser
GET    /lam-viec/<commune:code>/<event>/viec-nen                                     viewer
POST   /lam-viec/<commune:code>/<event>/viec-nen/<uuid:job_id>/dung                  organiser
POST   /lam-viec/<commune:code>/<event>/viec-nen/<uuid:job_id>/lam-lai               organiser
GET    /lam-viec/<commune:code>/<event>/viec-nen/<uuid:job_id>/tep                   desk
POST   /lam-viec/<commune:code>/<event>/viec-nen/danh-sach                           desk
POST   /lam-viec/<commune:code>/<event>/viec-nen/the                                  desk
GET    /lam-viec/ca-nuoc/nguoi-lam-viec                                              organiser
POST   /lam-viec/ca-nuoc/nguoi-lam-viec                                              organiser
POST   /lam-viec/ca-nuoc/nguoi-lam-viec/<uuid:grant_id>/bo                           organiser
POST   /lam-viec/ca-nuoc/nguoi-lam-viec/<uuid:grant_id>/duong-dan                    organiser
POST   /lam-viec/ca-nuoc/nguoi-lam-viec/hoan-tac                                     organiser
POST   /lam-viec/ca-nuoc/nguoi-lam-viec/<uuid:grant_id>/khoa                         organiser
POST   /lam-viec/ca-nuoc/nguoi-lam-viec/<uuid:grant_id>/mo-khoa                      organiser
POST   /lam-viec/ca-nuoc/nguoi-lam-viec/<uuid:grant_id>/vai-tro                      organiser
GET    /lam-viec/nhat-ky/<chain>                                                     organiser
GET    /lam-viec/tai-khoan                                                           person
POST   /lam-viec/tai-khoan/bo-mat-khau                                               person
POST   /lam-viec/tai-khoan/mat-khau                                                  person
POST   /lam-viec/tai-khoan/phien                                                     person
POST   /lam-viec/tai-khoan/phien/<session_id>                                        person
POST   /lam-viec/tai-khoan/ten                                                       person
GET    /lam-viec/tinh/<province>                                                     viewer
GET    /lam-viec/tinh/<province>/ngay-hoi/<event>                                    organiser
POST   /lam-viec/tinh/<province>/ngay-hoi/<event>                                    organiser
GET    /lam-viec/tinh/<province>/ngay-hoi/<event>/huy                                organiser
POST   /lam-viec/tinh/<province>/ngay-hoi/<event>/huy                                organiser
POST   /lam-viec/tinh/<province>/ngay-hoi/<event>/mo-lai                             organiser
GET    /lam-viec/tinh/<province>/ngay-hoi/<event>/xoa                                organiser
POST   /lam-viec/tinh/<province>/ngay-hoi/<event>/xoa                                organiser
POST   /lam-viec/tinh/<province>/ngay-hoi/hoan-tac/<uuid:event_id>                   organiser
GET    /lam-viec/tinh/<province>/ngay-hoi/moi                                        organiser
POST   /lam-viec/tinh/<province>/ngay-hoi/moi                                        organiser
GET    /lam-viec/tinh/<province>/nguoi-lam-viec                                      organiser
POST   /lam-viec/tinh/<province>/nguoi-lam-viec                                      organiser
POST   /lam-viec/tinh/<province>/nguoi-lam-viec/<uuid:grant_id>/bo                   organiser
POST   /lam-viec/tinh/<province>/nguoi-lam-viec/<uuid:grant_id>/duong-dan            organiser
POST   /lam-viec/tinh/<province>/nguoi-lam-viec/hoan-tac                             organiser
POST   /lam-viec/tinh/<province>/nguoi-lam-viec/<uuid:grant_id>/khoa                 organiser
POST   /lam-viec/tinh/<province>/nguoi-lam-viec/<uuid:grant_id>/mo-khoa              organiser
POST   /lam-viec/tinh/<province>/nguoi-lam-viec/<uuid:grant_id>/vai-tro              organiser
GET    /lam-viec/viec/<uuid:job_id>                                                  viewer
GET    /p/<secret>                                                                   anybody
GET    /p/<secret>/cap-lai                                                           anybody
POST   /p/<secret>/cap-lai                                                           anybody
POST   /p/<secret>/du                                                                anybody
GET    /p/<secret>/huy                                                               anybody
POST   /p/<secret>/huy                                                               anybody
GET    /p/<secret>/lich.ics                                                          anybody
GET    /p/<secret>/the.pdf                                                           anybody
GET    /p/<secret>/the.png                                                           anybody
GET    /p/<secret>/them                                                              anybody
POST   /p/<secret>/them                                                              anybody
GET    /quet                                                                         anybody
GET    /quet/<code>                                                                  anybody
GET    /static/<path:name>                                                           anybody
GET    /t/<token>                                                                    anybody
"""


@dataclass(frozen=True)
class Row:
    method: str
    rule: str
    who: str

    @property
    def place(self) -> str:
        """What kind of place the address is about."""
        return "country" if "/ca-nuoc/" in self.rule else "province" if {"<province>", "<chain>"} & set(self.rule.split("/")) else "commune"

    @property
    def is_page(self) -> bool:
        return not self.rule.startswith("/api/")

    @property
    def by_id(self) -> bool:
        """Whether the address names a thing below its place, which may be one that does not exist."""
        return bool(set(self.rule.replace(">", "<").split("<")[1::2]) - {"commune:code", "event", "province", "any:slug"})


def named(rule: str) -> str:
    """A rule without the list of what a part of it may be."""
    return re.sub(r"<any\([^)]*\):", "<any:", rule)


ROWS = [Row(*line.split(maxsplit=2)) for line in TABLE.strip().splitlines()]
