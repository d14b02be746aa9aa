"""Models as they were written for 1.x."""
import datetime
import enum

from sqlalchemy import Boolean, Column, Date, DateTime, Enum, ForeignKey, Index, Integer, Numeric, String, Table, func
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID
from sqlalchemy.orm import backref, relationship

from app.base import Base

post_tags = Table(
    "post_tags",
    Base.metadata,
    Column("post_id", ForeignKey("posts.post_id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
)


class State(enum.Enum):
    OPEN = "open"
    DONE = "done"


class Stamped:
    created_at = Column(DateTime(timezone=True), nullable=False, server_default=func.now())


class Author(Stamped, Base):
    __tablename__ = "authors"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False, unique=True)
    born = Column(Date)
    settings = Column(JSONB, nullable=False, default=dict)


class Post(Base):
    __tablename__ = "posts"
    __table_args__ = (Index("ix_posts_title_lower", func.lower("title")),)

    id = Column("post_id", Integer, primary_key=True)
    title = Column(
        String(200),
        nullable=False,
    )
    date = Column(Date)
    state = Column(Enum(State), nullable=False, default=State.OPEN)
    price = Column(Numeric(10, 2), nullable=True)
    words = Column(ARRAY(String))
    token = Column(UUID(as_uuid=True))
    author_id = Column(ForeignKey("authors.id"), nullable=False)
    editor_id = Column(Integer, ForeignKey("authors.id"))
    parent_id = Column(Integer, ForeignKey("posts.post_id"))

    author = relationship("Author", foreign_keys=[author_id], backref="posts")
    editor = relationship("Author", foreign_keys=[editor_id], backref=backref("edited", lazy="dynamic"))
    tags = relationship("Tag", secondary=post_tags, backref="posts")
    children = relationship("Post", backref=backref("parent", remote_side=[id]))
    comments = relationship("Comment", order_by="Comment.id", cascade="all, delete-orphan", back_populates="post")


class Tag(Base):
    __tablename__ = "tags"

    id = Column(Integer, primary_key=True)
    label = Column(String, nullable=False)


class Comment(Base):
    __tablename__ = "comments"

    id = Column(Integer, primary_key=True)
    post_id = Column(Integer, ForeignKey("posts.post_id"), nullable=False)
    hidden = Column(Boolean, nullable=False, default=False)
    post = relationship(Post, back_populates="comments")
