"""Write-only collections, whose rows are asked for by statements of their own."""

from sqlalchemy import Column, ForeignKey, Table, func, select, update
from sqlalchemy.orm import DeclarativeBase, Mapped, WriteOnlyMapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


audited = Table(
    "audited",
    Base.metadata,
    Column("audit_id", ForeignKey("audit.id"), primary_key=True),
    Column("payment_id", ForeignKey("payment.id"), primary_key=True),
)


class Account(Base):
    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    payments: WriteOnlyMapped["Payment"] = relationship(order_by="Payment.paid_at")


class Payment(Base):
    __tablename__ = "payment"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    amount: Mapped[int]
    paid_at: Mapped[int] = mapped_column(default=func.now())


class Audit(Base):
    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    payments: WriteOnlyMapped["Payment"] = relationship(secondary=audited)


account = Account(id=1)
audit = Audit(id=1)

selected = account.payments.select().where(Payment.amount < 0).limit(10)
inserted = account.payments.insert().returning(Payment)
updated = account.payments.update().values(amount=Payment.amount + 1)
deleted = account.payments.delete().where(Payment.amount.between(0, 30))
selected_through = audit.payments.select()
updated_through = audit.payments.update().values(amount=0)
within = update(Payment).values(amount=0).where(Payment.id.in_(audit.payments.select().with_only_columns(Payment.id)))
