"""Column types that several models share."""

import enum
from typing import Annotated, Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Identity, Integer, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.mutable import MutableDict
from sqlalchemy.orm import mapped_column

# SQLite counts up only in columns declared INTEGER.
BigKey = BigInteger().with_variant(Integer(), "sqlite")

IntegerKey = Annotated[int, mapped_column(BigKey, Identity(), primary_key=True, sort_order=-1)]

Cents = Annotated[int, mapped_column(BigInteger)]
"""An amount of money in the smallest unit: no rounding, on any database."""

CountryCode = Annotated[str, mapped_column(String(2))]
"""Two capital letters, as in ISO 3166-1."""

CustomerKey = Annotated[
    int, mapped_column(BigKey, ForeignKey("customers.id", ondelete="CASCADE"), index=True)
]

# A change inside the dictionary counts as a change of the row.
JsonObject: Any = MutableDict.as_mutable(JSONB().with_variant(JSON(), "sqlite"))


def enum_values(kind: type[enum.Enum]) -> list[str]:
    """Return what an Enum column stores: the values, where the default is the names."""
    return [str(member.value) for member in kind]
