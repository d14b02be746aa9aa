"""What is asked along relationships: any, has, contains, of_type, and_, joins for loading, hybrids, association proxies."""

from typing import Optional

from sqlalchemy import Column, ForeignKey, Table, and_, case, func, literal, not_, or_, select, update
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.ext.hybrid import Comparator, hybrid_method, hybrid_property
from sqlalchemy.orm import (
    Bundle,
    DeclarativeBase,
    Load,
    Mapped,
    aliased,
    column_property,
    contains_eager,
    defaultload,
    defer,
    immediateload,
    joinedload,
    load_only,
    mapped_column,
    query_expression,
    raiseload,
    relationship,
    selectinload,
    subqueryload,
    undefer,
    undefer_group,
    with_expression,
    with_loader_criteria,
    with_polymorphic,
)


class Base(DeclarativeBase):
    pass


tag_links = Table(
    "tag_links",
    Base.metadata,
    Column("post_id", ForeignKey("posts.id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
)


class CaseInsensitive(Comparator):
    def __eq__(self, other):
        return func.lower(self.__clause_element__()) == func.lower(other)


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]
    balance: Mapped[int]
    boss_id: Mapped[Optional[int]] = mapped_column(ForeignKey("users.id"))
    posts: Mapped[list["Post"]] = relationship(back_populates="author")
    boss: Mapped[Optional["User"]] = relationship(remote_side=[id], back_populates="staff")
    staff: Mapped[list["User"]] = relationship(back_populates="boss")
    profile: Mapped[Optional["Profile"]] = relationship(back_populates="user", uselist=False)
    pinned: Mapped[list["Post"]] = relationship(
        primaryjoin="and_(User.id == foreign(Post.author_id), Post.pinned.is_(True))", viewonly=True, order_by="Post.id.desc()"
    )
    post_titles: AssociationProxy[list[str]] = association_proxy("posts", "title")
    bio = association_proxy("profile", "bio")
    keywords = association_proxy("user_keywords", "keyword")
    user_keywords: Mapped[list["UserKeyword"]] = relationship(back_populates="user")
    rank: Mapped[Optional[int]] = query_expression()

    @hybrid_property
    def initial(self):
        return self.name[0]

    @initial.expression
    def initial(cls):
        return func.substr(cls.name, 1, 1)

    @hybrid_property
    def rich(self):
        return self.balance > 1000

    @rich.inplace.expression
    @classmethod
    def _rich(cls):
        return and_(cls.balance > 1000, cls.boss_id.is_(None))

    @hybrid_property
    def post_count(self):
        return len(self.posts)

    @post_count.expression
    def post_count(cls):
        return select(func.count(Post.id)).where(Post.author_id == cls.id).correlate_except(Post).scalar_subquery().label("post_count")

    @hybrid_property
    def login(self):
        return self.email.lower()

    @login.comparator
    def login(cls):
        return CaseInsensitive(cls.email)

    @hybrid_method
    def owes(self, amount: int = 0):
        return self.balance < -amount

    @owes.expression
    def owes(cls, amount: int = 0):
        return cls.balance < -amount

    @hybrid_property
    def label(self):
        return self.name + " <" + self.email + ">"

    @label.update_expression
    def label(cls, value):
        return [(cls.name, value)]


class Post(Base):
    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column()
    pinned: Mapped[bool]
    body: Mapped[str] = mapped_column(deferred=True)
    draft: Mapped[str] = mapped_column(deferred=True, deferred_group="texts", deferred_raiseload=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    author: Mapped[User] = relationship(back_populates="posts")
    comments: Mapped[list["Comment"]] = relationship(back_populates="post", order_by="Comment.id")
    tags: Mapped[list["Tag"]] = relationship(secondary=tag_links, back_populates="posts")
    length: Mapped[int] = column_property(func.length(title), deferred=True, group="numbers")


class Comment(Base):
    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    text: Mapped[str]
    post: Mapped[Post] = relationship(back_populates="comments")
    user: Mapped[User] = relationship()


class Tag(Base):
    __tablename__ = "tags"

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str]
    posts: Mapped[list[Post]] = relationship(secondary=tag_links, back_populates="tags")


class Profile(Base):
    __tablename__ = "profiles"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    bio: Mapped[str]
    user: Mapped[User] = relationship(back_populates="profile")


class Keyword(Base):
    __tablename__ = "keywords"

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str]


class UserKeyword(Base):
    __tablename__ = "user_keywords"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    keyword_id: Mapped[int] = mapped_column(ForeignKey("keywords.id"), primary_key=True)
    special: Mapped[str]
    user: Mapped[User] = relationship(back_populates="user_keywords")
    keyword: Mapped[Keyword] = relationship()


class Animal(Base):
    __tablename__ = "animals"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    owner_id: Mapped[int] = mapped_column(ForeignKey("owners.id"))
    owner: Mapped["Owner"] = relationship(back_populates="animals")
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "animal"}


class Dog(Animal):
    __tablename__ = "dogs"

    id: Mapped[int] = mapped_column(ForeignKey("animals.id"), primary_key=True)
    bark: Mapped[str]
    __mapper_args__ = {"polymorphic_identity": "dog"}


class Cat(Animal):
    lives: Mapped[Optional[int]]
    __mapper_args__ = {"polymorphic_identity": "cat"}


class Lion(Cat):
    __mapper_args__ = {"polymorphic_identity": "lion"}


class Owner(Base):
    __tablename__ = "owners"

    id: Mapped[int] = mapped_column(primary_key=True)
    animals: Mapped[list[Animal]] = relationship(back_populates="owner")


any_plain = select(User.id).where(User.posts.any())
any_criteria = select(User.id).where(User.posts.any(Post.title == "x"), ~User.posts.any(Post.pinned))
any_keywords = select(User.id).where(User.posts.any(title="x", pinned=True))
any_both = select(User.id).where(User.posts.any(Post.id > 5, title="x"))
any_and = select(User.id).where(User.posts.any(and_(Post.title == "x", or_(Post.pinned, Post.id == 1))))
any_nested = select(User.id).where(User.posts.any(Post.comments.any(Comment.text == "x")))
any_secondary = select(Post.id).where(Post.tags.any(Tag.label == "x"))
any_secondary_in = select(Post.id).where(Post.tags.any(Tag.id.in_([1, 2])), ~Post.tags.any(Tag.label.like("a%")))
any_self = select(User.id).where(User.staff.any(User.name == "x"))
any_self_none = select(User.id).where(~User.staff.any())
any_custom = select(User.id).where(User.pinned.any(Post.title == "x"))
any_or = select(User.id).where(or_(User.posts.any(), User.name == "x"))
any_has = select(Comment.id).where(Comment.post.has(Post.author.has(User.name == "x")))
any_many = select(User.id).where(User.posts.any(Post.tags.any(Tag.label == "x")))
_user = aliased(User)
any_alias = select(_user.id).where(_user.posts.any(Post.title == "x"))
any_selected = select(User.id, User.posts.any().label("writes"))
any_order = select(User.id).order_by(User.posts.any().desc())
any_case = select(case((User.posts.any(Post.pinned), "p"), else_="n"))
has_plain = select(Post.id).where(Post.author.has(), Post.author.has(name="x"))
has_criteria = select(Post.id).where(Post.author.has(User.name == "x"), ~Post.author.has(User.id == 5))
has_self = select(User.id).where(User.boss.has(User.name == "x"))
has_one = select(User.id).where(User.profile.has(Profile.bio.is_not(None)), ~User.profile.has())
has_and_or = select(Post.id).where(Post.author.has(or_(User.name == "x", User.boss.has(User.name == "y"))))
of_type_any = select(Owner.id).where(Owner.animals.of_type(Dog).any(Dog.bark == "w"))
of_type_any_single = select(Owner.id).where(Owner.animals.of_type(Cat).any(Cat.lives == 9))
_animal = aliased(Animal)
of_type_alias_any = select(Owner.id).where(Owner.animals.of_type(_animal).any(_animal.kind == "x"))
of_type_join = select(Owner.id).join(Owner.animals.of_type(Dog)).where(Dog.bark == "x")
of_type_join_single = select(Owner.id).join(Owner.animals.of_type(Cat)).where(Cat.lives > 1)
of_type_and = select(Owner.id).join(Owner.animals.of_type(Dog).and_(Dog.bark == "x"))
_post = aliased(Post)
of_type_alias = select(User.id, _post.title).join(User.posts.of_type(_post))
of_type_outer = select(User.id).outerjoin(User.posts.of_type(_post).and_(_post.pinned)).where(_post.id.is_(None))
contains_object = select(User.id).where(User.posts.contains(Post(id=1)))
equals_object = select(Post.id).where(Post.author == User(id=1), Post.author != User(id=2))
collection_none = select(User.id).where(User.posts == None)  # noqa: E711
and_join = select(User.id).join(User.posts.and_(Post.title == "x", Post.pinned))
and_outer = select(User.id, Post.id).outerjoin(User.posts.and_(Post.pinned.is_(True)))
and_secondary = select(Post.id).join(Post.tags.and_(Tag.label == "x"))
and_any = select(User.id).where(User.posts.and_(Post.pinned).any(Post.title == "x"))
_commenter = aliased(User)
join_both_ways = select(Comment.id).join(Comment.post).join(Post.author).join(Comment.user.of_type(_commenter)).where(_commenter.name == "x")
join_target_relationship = select(User.id).join(Post, User.posts).join(Tag, Post.tags)
_staff = aliased(User, name="staff")
join_alias_relationship = select(User.id).join(_staff, User.staff).where(_staff.name == "x")
_b, _bb = aliased(User), aliased(User)
join_self_twice = select(_b.name, _bb.name).select_from(User).join(_b, User.boss).outerjoin(_bb, _b.boss)
join_custom = select(User.id).join(User.pinned)
join_custom_on = select(User.id).join(Post, and_(Post.author_id == User.id, Post.pinned)).join(Comment, Comment.post_id == Post.id, isouter=True)
join_secondary_explicit = select(Post.id).join(tag_links).join(Tag).where(Tag.label == "x")
join_from_relationship = select(Post.title).join_from(User, User.posts).join(Post.comments)
_sub = select(Post.author_id, func.count().label("n")).group_by(Post.author_id).subquery()
join_subquery_relationship = select(User.id).join(_sub, _sub.c.author_id == User.id)

eager_contains = select(User).join(User.posts).options(contains_eager(User.posts)).where(Post.pinned)
eager_contains_chain = select(User).join(User.posts).join(Post.comments).options(contains_eager(User.posts).contains_eager(Post.comments))
eager_contains_outer = select(User).outerjoin(User.posts.and_(Post.pinned)).options(contains_eager(User.posts)).order_by(User.id, Post.id)
eager_contains_alias = select(User).join(User.posts.of_type(_post)).options(contains_eager(User.posts.of_type(_post)))
eager_contains_alias_keyword = select(User).join(_post, User.posts).options(contains_eager(User.posts, alias=_post))
_few = aliased(Post, select(Post).order_by(Post.id).limit(5).subquery())
eager_contains_subquery = select(User).join(_few, _few.author_id == User.id).options(contains_eager(User.posts, alias=_few))
eager_contains_subquery_type = select(User).join(User.posts.of_type(_few)).options(contains_eager(User.posts.of_type(_few)))
_top = aliased(Post, select(Post).where(Post.author_id == User.id).order_by(Post.id.desc()).limit(3).correlate(User).lateral())
eager_contains_lateral = select(User).outerjoin(_top, literal(True)).options(contains_eager(User.posts, alias=_top))
eager_contains_only = select(User).join(User.posts).options(load_only(User.name), contains_eager(User.posts).load_only(Post.title))
eager_contains_joined = select(Post).join(Post.author).options(contains_eager(Post.author).joinedload(User.profile))
eager_contains_secondary = select(Post).join(Post.tags).options(contains_eager(Post.tags))
eager_contains_one = select(Post).join(Post.author).options(contains_eager(Post.author).load_only(User.name), joinedload(Post.comments))
eager_joined = select(User).options(joinedload(User.posts).joinedload(Post.comments).joinedload(Comment.user))
eager_joined_secondary = select(Post).options(joinedload(Post.tags))
eager_joined_limit = select(User).options(joinedload(User.posts)).order_by(User.name).limit(5)
eager_joined_limit_one = select(Post).options(joinedload(Post.author)).limit(5)
eager_joined_inner = select(Post).options(joinedload(Post.author, innerjoin=True).joinedload(User.profile))
eager_joined_and = select(User).options(joinedload(User.posts.and_(Post.pinned)))
eager_joined_self = select(User).options(joinedload(User.boss).joinedload(User.boss))
eager_joined_distinct = select(User).distinct().options(joinedload(User.posts)).where(User.id > 5)
eager_joined_group = select(User).join(User.posts).group_by(User.id).options(joinedload(User.profile)).having(func.count(Post.id) > 5)
eager_selectin = select(User).options(selectinload(User.posts).selectinload(Post.comments), subqueryload(User.staff), immediateload(User.boss), raiseload("*"))
eager_load = select(User, Post).join(User.posts).options(Load(User).load_only(User.name), Load(Post).defer(Post.title))
eager_default = select(User).options(defaultload(User.posts).undefer(Post.body), joinedload(User.posts))
column_undefer = select(Post).options(undefer(Post.body), undefer_group("texts"))
column_undefer_property = select(Post).options(undefer(Post.length))
column_undefer_group = select(Post).options(undefer_group("numbers"))
column_defer = select(Post).options(defer(Post.title), defer(Post.pinned, raiseload=True))
column_load_only = select(Post).options(load_only(Post.title, Post.length, raiseload=True))
column_defer_all = select(Post).options(defer("*"), undefer(Post.title))
column_with_expression = select(User).options(with_expression(User.rank, func.row_number().over(order_by=User.balance)))
column_with_expression_subquery = select(User).options(with_expression(User.rank, select(func.count(Post.id)).where(Post.author_id == User.id).scalar_subquery()))
column_deferred_selected = select(Post.body, Post.length).where(Post.length > 5)

hybrid_expression = select(User.initial, User.id).where(User.initial == "x").order_by(User.initial)
hybrid_inplace = select(User.id).where(User.rich, not_(User.rich))
hybrid_subquery = select(User.id, User.post_count).where(User.post_count > 5).order_by(User.post_count.desc())
hybrid_method_default = select(User.id).where(User.owes(), User.owes(100))
hybrid_concat = select(User.label).where(User.label.ilike("%x%"))
_h = aliased(User)
hybrid_alias = select(_h.initial, _h.post_count).where(_h.rich)
hybrid_joined = select(Post.id).join(Post.author).where(User.initial == "x", User.rich)
hybrid_update_where = update(User).where(User.rich).values(balance=User.balance - 5)
hybrid_filter_by = select(User.id).filter_by(initial="x")
hybrid_has = select(Post.id).where(Post.author.has(User.rich))
hybrid_group = select(User.initial, func.count()).group_by(User.initial).having(func.max(User.balance) > 1)

proxy_equal = select(User.id).where(User.post_titles == "x")
proxy_contains = select(User.id).where(User.post_titles.contains("x"))
proxy_any = select(User.id).where(User.post_titles.any(), ~User.post_titles.any())
proxy_like = select(User.id).where(User.post_titles.like("x%"), User.post_titles.in_(["a", "b"]))
proxy_scalar = select(User.id).where(User.bio == "x", User.bio.ilike("%y%"))
proxy_scalar_none = select(User.id).where(User.bio == None, User.bio != "x")  # noqa: E711
proxy_object = select(User.id).where(User.keywords.any(Keyword.word == "x"), User.keywords.any(word="y"))
proxy_object_contains = select(User.id).where(User.keywords.contains(Keyword(id=1)))
proxy_has = select(Comment.id).where(Comment.user.has(User.post_titles == "x"))

criteria_plain = select(User).options(with_loader_criteria(User, User.balance > 5))
criteria_join = select(Post).join(Post.author).options(with_loader_criteria(User, User.balance > 5))
criteria_lambda = select(User).join(User.posts).options(with_loader_criteria(Post, lambda c: c.pinned == True))  # noqa: E712
criteria_eager = select(User).options(joinedload(User.posts), with_loader_criteria(Post, Post.pinned))
criteria_any = select(User).where(User.posts.any()).options(with_loader_criteria(Post, Post.pinned))
criteria_single = select(Cat).options(with_loader_criteria(Cat, Cat.lives > 1))
criteria_single_parent = select(Animal).options(with_loader_criteria(Cat, Cat.lives > 1))
criteria_single_base = select(Cat).options(with_loader_criteria(Animal, Animal.id > 1))
criteria_single_below = select(Lion).options(with_loader_criteria(Cat, Cat.lives > 1))
criteria_single_above = select(Cat).options(with_loader_criteria(Lion, Lion.lives > 1))
criteria_single_join = select(Owner).join(Owner.animals.of_type(Cat)).options(with_loader_criteria(Cat, Cat.lives > 1))
criteria_single_join_class = select(Owner).join(Cat, Cat.owner_id == Owner.id).options(with_loader_criteria(Cat, Cat.lives > 1))
criteria_single_join_parent = select(Owner).join(Owner.animals).options(with_loader_criteria(Cat, Cat.lives > 1))
criteria_single_columns = select(Cat.id, Cat.lives).options(with_loader_criteria(Cat, Cat.lives > 1))
criteria_single_where = select(Owner.id).where(Cat.owner_id == Owner.id).options(with_loader_criteria(Cat, Cat.lives > 1))
criteria_single_lambda = select(Cat).options(with_loader_criteria(Cat, lambda c: c.lives == 1))
criteria_single_eager = select(Owner).options(joinedload(Owner.animals), with_loader_criteria(Cat, Cat.lives > 1))
criteria_single_any = select(Owner).where(Owner.animals.of_type(Cat).any()).options(with_loader_criteria(Cat, Cat.lives > 1))
_cat = aliased(Cat)
criteria_single_alias = select(_cat).options(with_loader_criteria(Cat, lambda c: c.lives == 1, include_aliases=True))
criteria_single_alias_left = select(_cat).options(with_loader_criteria(Cat, Cat.lives == 1))
criteria_single_order = select(Animal.id, Cat.lives).options(with_loader_criteria(Cat, Cat.lives > 1))
criteria_joined_class = select(Dog).options(with_loader_criteria(Dog, Dog.bark == "x"))
criteria_joined_base = select(Dog).options(with_loader_criteria(Animal, Animal.id > 5))
criteria_joined_sub = select(Animal).options(with_loader_criteria(Dog, Dog.bark == "x"))
_poly = with_polymorphic(Animal, [Dog, Cat], flat=True)
poly_flat = select(_poly).where(_poly.Dog.bark == "x")
poly_join = select(Owner.id).join(Owner.animals.of_type(_poly)).where(or_(_poly.Dog.bark == "x", _poly.Cat.lives == 9))
poly_eager = select(Owner).options(joinedload(Owner.animals.of_type(_poly)))
poly_contains = select(Owner).join(Owner.animals.of_type(_poly)).options(contains_eager(Owner.animals.of_type(_poly)))
_star = with_polymorphic(Animal, "*")
poly_plain = select(_star.id, _star.Dog.bark, _star.Cat.lives)
bundle_mixed = select(Bundle("x", User.id, func.count(Post.id).label("n"))).join(User.posts).group_by(User.id)
and_has = select(Post.id).where(Post.author.and_(User.balance > 5).has(User.name == "x"))
collection_not_none = select(User.id).where(User.posts != None, User.profile == None)  # noqa: E711
secondary_none = select(Post.id).where(Post.tags == None)  # noqa: E711
and_join_alias = select(User.id).join(_post, User.posts.and_(Post.pinned))
eager_joined_secondary_and = select(Post).options(joinedload(Post.tags.and_(Tag.label == "x")))
eager_options = select(User).options(joinedload(User.posts.and_(Post.pinned)).joinedload(Post.comments.and_(Comment.text != "")))
