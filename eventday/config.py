"""Typed settings, read from the environment. A wrong value stops the start with its name and the reason."""

import os
from collections.abc import Mapping
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

PROJECT = Path(__file__).resolve().parent.parent


class SettingsError(Exception):
    """A setting has a wrong value. The text names it and says what is expected."""


class Settings(BaseModel):
    """All settings. The environment variable of `waiting_limit` is `EVENTDAY_WAITING_LIMIT`; of `port`, `PORT`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    port: int = Field(8000, ge=1, le=65535)
    instance: Path = PROJECT / "instance"
    database_url: str = ""
    redis_url: str = ""
    public_url: str = ""
    mail_url: str = ""
    sms_url: str = ""
    now: AwareDatetime | None = None
    waiting_limit: int = Field(100, ge=0, description="people on the waiting list of one slot")
    trusted_proxies: int = Field(0, ge=0, le=5)
    retention_days: int = Field(90, ge=1, description="days after the event until names and phones are erased")

    @field_validator("instance")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().resolve()

    @model_validator(mode="before")
    @classmethod
    def _defaults(cls, values: dict[str, object]) -> dict[str, object]:
        port = values.get("port", 8000)
        instance = Path(str(values.get("instance", PROJECT / "instance"))).expanduser().resolve()
        return {
            **values,
            "database_url": values.get("database_url") or f"sqlite:///{instance / 'eventday.db'}",
            "public_url": str(values.get("public_url") or f"http://127.0.0.1:{port}").rstrip("/"),
        }

    @field_validator("public_url")
    @classmethod
    def _is_web_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
            raise ValueError("expected http(s)://host[:port] without a path")
        return value

    @field_validator("database_url")
    @classmethod
    def _is_known_database(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("expected sqlite:///FILE or postgresql://…")
        return value.replace("postgresql://", "postgresql+psycopg://", 1)

    @model_validator(mode="after")
    def _now_only_at_home(self) -> "Settings":
        if self.now and not self.is_local:
            raise ValueError("EVENTDAY_NOW is for trying things out: it needs a public URL on loopback")
        return self

    @cached_property
    def is_local(self) -> bool:
        """Whether the public URL is on loopback, so that this is nobody's real day."""
        host = urlsplit(self.public_url).hostname or ""
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return host == "localhost" or host.endswith(".localhost")

    @property
    def is_secure(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def public_host(self) -> str:
        return urlsplit(self.public_url).hostname or ""


def read(environ: Mapping[str, str] = os.environ) -> Settings:
    """Raises: SettingsError, naming the variable and what is wrong."""
    names = {name: "PORT" if name == "port" else f"EVENTDAY_{name.upper()}" for name in Settings.model_fields}
    given = {name: environ[variable] for name, variable in names.items() if environ.get(variable)}
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        problems = (f"{_variable(names, p['loc'])}: {p['msg'].removeprefix('Value error, ')}" for p in error.errors())
        raise SettingsError("; ".join(problems)) from None


def _variable(names: Mapping[str, str], path: tuple[int | str, ...]) -> str:
    """The variable that a problem is about; a rule about several is nobody's."""
    return names.get(str(path[0]), str(path[0])) if path else "settings"
