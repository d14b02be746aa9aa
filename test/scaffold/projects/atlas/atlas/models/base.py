from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass


class Printed:
    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"
