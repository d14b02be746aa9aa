"""Bases and mixins of packages: Advanced Alchemy, FastAPI Users, oslo.db, SQLAlchemy-Utils."""

from __future__ import annotations

import datetime

from advanced_alchemy.base import (
    AdvancedDeclarativeBase,
    BigIntAuditBase,
    CommonTableAttributes,
    DefaultBase,
    IdentityBase,
    UUIDAuditBase,
    UUIDBase,
    UUIDv7AuditBase,
)
from advanced_alchemy.mixins import AuditColumns, SlugKey, UUIDPrimaryKey
from advanced_alchemy.types import DateTimeUTC, EncryptedString, EncryptedText, JsonB
from fastapi_users_db_sqlalchemy import SQLAlchemyBaseOAuthAccountTableUUID, SQLAlchemyBaseUserTable, SQLAlchemyBaseUserTableUUID
from fastapi_users_db_sqlalchemy.access_token import SQLAlchemyBaseAccessTokenTableUUID
from oslo_db.sqlalchemy import models
from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import DeclarativeBase, Mapped, declarative_base, mapped_column, relationship
from sqlalchemy_utils import (
    ChoiceType,
    ColorType,
    CountryType,
    CurrencyType,
    EmailType,
    IPAddressType,
    JSONType,
    LocaleType,
    LtreeType,
    PasswordType,
    PhoneNumberType,
    ScalarListType,
    Timestamp,
    TimezoneType,
    TSVectorType,
    URLType,
    UUIDType,
)


class HTTPRequest(UUIDAuditBase):
    path: Mapped[str]
    payload: Mapped[dict]
    replies: Mapped[list[HTTPReply]] = relationship(back_populates="request")


class HTTPReply(UUIDv7AuditBase):
    __tablename__ = "reply"
    request_id: Mapped[str] = mapped_column(ForeignKey("http_request.id"))
    at: Mapped[datetime.datetime | None]
    on: Mapped[datetime.date]
    extra: Mapped[dict] = mapped_column(JsonB)
    sent: Mapped[datetime.datetime] = mapped_column(DateTimeUTC)
    request: Mapped[HTTPRequest] = relationship(back_populates="replies")


class Ticket(BigIntAuditBase):
    title: Mapped[str] = mapped_column(String(50), index=True)


class Seat(IdentityBase):
    row: Mapped[int]


class Topic(UUIDBase, SlugKey):
    name: Mapped[str] = mapped_column(unique=True)


class Bare(DefaultBase):
    key: Mapped[int] = mapped_column(primary_key=True)
    secret: Mapped[str] = mapped_column(EncryptedString(key="k" * 32))
    note: Mapped[str | None] = mapped_column(EncryptedText(key="k" * 32))


class Composed(CommonTableAttributes, UUIDPrimaryKey, AuditColumns, AdvancedDeclarativeBase):
    label: Mapped[str]


class Users(DeclarativeBase):
    pass


class User(SQLAlchemyBaseUserTableUUID, Users):
    accounts: Mapped[list[OAuthAccount]] = relationship(lazy="joined")


class OAuthAccount(SQLAlchemyBaseOAuthAccountTableUUID, Users):
    pass


class AccessToken(SQLAlchemyBaseAccessTokenTableUUID, Users):
    pass


class NumberedUser(SQLAlchemyBaseUserTable[int], Users):
    __tablename__ = "numbered_users"
    id: Mapped[int] = mapped_column(primary_key=True)


Base = declarative_base()


class Server(Base, models.ModelBase, models.TimestampMixin, models.SoftDeleteMixin):
    __tablename__ = "servers"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)


class Contact(Base, Timestamp):
    __tablename__ = "contacts"
    id: Mapped[int] = mapped_column(UUIDType, primary_key=True)
    kind = mapped_column(ChoiceType([("a", "A")]))
    level = mapped_column(ChoiceType([(1, "A")], impl=Integer()))
    color = mapped_column(ColorType)
    country = mapped_column(CountryType)
    currency = mapped_column(CurrencyType)
    email = mapped_column(EmailType)
    short = mapped_column(EmailType(50))
    address = mapped_column(IPAddressType)
    data = mapped_column(JSONType)
    locale = mapped_column(LocaleType)
    path = mapped_column(LtreeType)
    secret = mapped_column(PasswordType(schemes=["pbkdf2_sha512"]))
    phone = mapped_column(PhoneNumberType)
    tags = mapped_column(ScalarListType())
    zone = mapped_column(TimezoneType)
    words = mapped_column(TSVectorType("kind"))
    site = mapped_column(URLType)
