"""Flask-SQLAlchemy."""

from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()

links = db.Table(
    "links",
    db.Column("user_id", db.Integer, db.ForeignKey("web_user.id"), primary_key=True),
    db.Column("page_id", db.ForeignKey("page.id"), primary_key=True),
)


class WebUser(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80), unique=True, nullable=False)
    pages = db.relationship("Page", secondary=links, backref=db.backref("users", lazy="dynamic"), lazy="subquery")


class Page(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    created = db.Column(db.DateTime, server_default=db.func.now())
    body = db.Column(db.Text)


class HTTPLog(db.Model):
    __tablename__ = "logs"
    id: db.Mapped[int] = db.mapped_column(primary_key=True)
