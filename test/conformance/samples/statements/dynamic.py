"""Dynamic collections: each access is a legacy Query of the rows that belong to the object."""

from sqlalchemy import Column, ForeignKey, Table, exists, func, select
from sqlalchemy.orm import DeclarativeBase, DynamicMapped, Mapped, Session, aliased, backref, mapped_column, relationship, with_loader_criteria, with_parent


class Base(DeclarativeBase):
    pass


tagged = Table(
    "tagged",
    Base.metadata,
    Column("post_id", ForeignKey("post.id"), primary_key=True),
    Column("tag_id", ForeignKey("tag.id"), primary_key=True),
)


class Author(Base):
    __tablename__ = "author"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    posts: DynamicMapped["Post"] = relationship(back_populates="author", order_by="Post.created")
    notes = relationship("Note", lazy="dynamic", backref=backref("author", lazy="joined"))

    def recent(self, limit: int):
        return self.posts.filter(Post.title == "x").limit(limit)


class Post(Base):
    __tablename__ = "post"

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))
    title: Mapped[str]
    created: Mapped[int]
    author: Mapped[Author] = relationship(back_populates="posts")
    tags = relationship("Tag", secondary=tagged, lazy="dynamic", backref=backref("posts", lazy="dynamic"))


class Note(Base):
    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))


class Tag(Base):
    __tablename__ = "tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str]


author = Author(id=1)
post = Post(id=1)
tag = Tag(id=1)
_session = Session()
_session.add_all([author, post, tag])

filtered = author.posts.filter(Post.title == "x")
filtered_by = author.posts.filter_by(title="x").limit(3)
ordered = author.posts.order_by(None).order_by(Post.title.desc())
counted = author.posts.with_entities(func.count(Post.id))
joined = author.posts.join(Post.tags).filter(Tag.label == "x")
through = post.tags.filter(Tag.label == "x")
through_backref = tag.posts.filter_by(title="x").order_by(Post.id)
eager = author.notes.filter(Note.id > 3)

of_parent = _session.query(Post).with_parent(author)
of_parent_along = _session.query(Post).with_parent(author, Author.posts).filter(Post.title == "x")
of_parent_backref = _session.query(Author).with_parent(post)
of_parent_many = _session.query(Tag).with_parent(post).order_by(Tag.id)
of_parent_many_selected = select(Tag).where(with_parent(post, Post.tags))
of_parent_one_selected = select(Author).where(with_parent(post, Post.author))

_rows = select(Post).where(Post.id > 8).subquery()
_row = aliased(Post, _rows)
_other = aliased(Post)
alias_of_rows = select(aliased(_row)).where(Post.id > 3)
alias_of_rows_named = select(aliased(_row, name="p"))
alias_of_alias_of_rows = select(aliased(aliased(_row)))
_outer = aliased(_row, select(_row.id, _row.author_id, _row.title, _row.created).subquery())
alias_of_other_rows = select(_outer).where(_outer.title == "x")
criteria_of_alias = select(_other).options(with_loader_criteria(_other, _other.title != "x"))
criteria_of_alias_columns = select(_other.id, Post.id).options(with_loader_criteria(_other, _other.title != "x"))
relationship_condition = select(Author.id).where(Author.notes)
relationship_condition_many = select(Post.id).where(Post.tags)
_union = _session.query(Post).union(_session.query(Post))
union_correlated = _union.add_columns(exists().where(_other.id > Post.id))
union_correlated_query = _union.filter(_session.query(_other).filter(_other.id > Post.id).exists())
