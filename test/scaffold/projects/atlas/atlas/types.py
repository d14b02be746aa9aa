import enum
from datetime import datetime, timezone
from typing import Any, Generic, Optional, Type, TypeVar

from sqlalchemy import DateTime, Dialect, String, TypeDecorator

EnumT = TypeVar("EnumT", bound=enum.Enum)


class UtcDateTime(TypeDecorator[datetime]):
    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: Optional[datetime], dialect: Dialect) -> Optional[datetime]:
        del dialect
        return None if value is None else value.astimezone(timezone.utc).replace(tzinfo=None)

    def process_result_value(self, value: Optional[Any], dialect: Dialect) -> Optional[datetime]:
        del dialect
        return None if value is None else value.replace(tzinfo=timezone.utc)


class EnumText(TypeDecorator[EnumT], Generic[EnumT]):
    impl = String
    cache_ok = True

    def __init__(self, kind: Type[EnumT], length: int) -> None:
        super().__init__(length)
        self._kind = kind

    def process_bind_param(self, value: Optional[EnumT], dialect: Dialect) -> Optional[str]:
        del dialect
        return None if value is None else str(value.value)

    def process_result_value(self, value: Optional[Any], dialect: Dialect) -> Optional[EnumT]:
        del dialect
        return None if value is None else self._kind(value)
