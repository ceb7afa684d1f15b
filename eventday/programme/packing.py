"""A row as JSON and back, for what is kept to be put back."""

from datetime import date, datetime, time
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.types import TypeDecorator, TypeEngine

from eventday.db import Base, table

_Row = TypeVar("_Row", bound=Base)
_TEXT = (UUID, datetime, date, time)


def packed(row: Base) -> dict[str, Any]:
    """Every column's value; ids, days and moments as text."""
    values = {column.key: getattr(row, column.key) for column in table(type(row)).columns}
    return {name: _text(value) for name, value in values.items()}


def unpacked(model: type[_Row], values: dict[str, Any]) -> _Row:
    """The row, not yet added to a session."""
    return model(**{column.key: _value(_kind(column.type), values[column.key]) for column in table(model).columns})


def _kind(of: TypeEngine[Any]) -> type[Any]:
    return (of.impl_instance if isinstance(of, TypeDecorator) else of).python_type


def _text(value: object) -> object:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _value(kind: type[Any], value: Any) -> Any:
    if value is None or kind not in _TEXT:
        return value
    return UUID(value) if kind is UUID else kind.fromisoformat(value)
