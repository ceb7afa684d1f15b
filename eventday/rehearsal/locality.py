"""One commune's places for the demo: those of Xã Anh Sơn, or the like of them under another commune's name."""

import random
import re
from dataclasses import dataclass
from datetime import time

from eventday.places.domain import Equipment, Host, Profile
from eventday.places.entries import HamletEntry
from eventday.places.service import PlacesOf, SpaceRecord
from eventday.rehearsal import sources

HOME = "17329"
_NAMES = (
    "Bình Minh", "Đông Thành", "Hòa Hợp", "Hợp Tiến", "Kim Liên", "Lạc Sơn", "Long Thành", "Mỹ Sơn", "Nam Thịnh", "Ngọc Sơn",
    "Phú Thọ", "Phúc Đồng", "Quang Trung", "Tân Hương", "Tân Lập", "Thanh Bình", "Tiền Phong", "Trung Thành", "Văn Lâm", "Xuân Hòa",
)  # fmt: skip


@dataclass(frozen=True)
class Locality:
    """A commune to be filled. `kind` is xã, phường or đặc khu; `short` its name without it; `number` (from 0) tells phone numbers apart."""

    code: str
    kind: str
    short: str
    number: int

    def named(self, text: str) -> str:
        """The text of Anh Sơn, said of this commune."""
        if self.code == HOME:
            return text
        return re.sub(r"\bxã\b", self.kind, text).replace("Anh Sơn", self.short)


def places_of(locality: Locality, rng: random.Random) -> PlacesOf:
    return PlacesOf(
        spaces=tuple(_space(locality, row) for row in sources.venues()),
        hamlets=_home_hamlets() if locality.code == HOME else _other_hamlets(locality, rng),
        hosts=tuple(Host(locality.named(row["name"]), row["type"], _split(locality.named(row["aliases"]))) for row in sources.hosts()),
        equipment=tuple(Equipment(row["name"], row["unit"], int(row["in_commune"])) for row in sources.equipment()),
        profile=_profile(locality),
    )


def _space(locality: Locality, row: dict[str, str]) -> SpaceRecord:
    return SpaceRecord(
        venue_code=row["venue_code"],
        venue=locality.named(row["venue"]),
        name=row["space"],
        kind=row["kind"],
        capacity=int(row["capacity"]),
        pitches=int(row["pitches"]),
        opens=time.fromisoformat(row["opens"]),
        closes=time.fromisoformat(row["closes"]),
        full_name=locality.named(row["full_name"]),
        aliases=_split(locality.named(row["aliases"])),
    )


def _home_hamlets() -> tuple[HamletEntry, ...]:
    return tuple(
        HamletEntry(
            code=row["code"],
            name=row["name"],
            aliases=_split(row["former_names"]),
            households=int(row["households"]),
            population=int(row["population"]),
        )
        for row in sources.hamlets()
        if row["commune_code"] == HOME
    )


def _other_hamlets(locality: Locality, rng: random.Random) -> tuple[HamletEntry, ...]:
    """Six numbered ones, one with the name that the venues have (Đồng Tiến), and some more."""
    word = "Khối" if locality.kind == "phường" else "Thôn"
    names = [*map(str, range(1, 7)), "Đồng Tiến", *rng.sample(_NAMES, rng.randint(5, 12))]
    households = [rng.randint(80, 300) for _ in names]
    return tuple(
        HamletEntry(code=f"H{number:02}", name=f"{word} {name}", households=count, population=round(count * rng.uniform(3.4, 4.2)))
        for number, (name, count) in enumerate(zip(names, households, strict=True), 1)
    )


def _profile(locality: Locality) -> Profile:
    text = locality.named("Xã Anh Sơn mời bà con đến học cùng nhau: mang theo điện thoại, việc gì chưa rõ thì hỏi Tổ công nghệ số cộng đồng.")
    text = text.replace("Xã ", f"{locality.kind.capitalize()} ", 1)
    return Profile(text=text, phone=f"0238 3000 {(17 + locality.number) % 1000:03}", desk=locality.named("Văn phòng HĐND và UBND xã"))


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)
