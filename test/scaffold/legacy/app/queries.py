"""Each function is run before and after: the same rows, by the same SQL."""

from sqlalchemy import func
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from app.models import Author, Comment, Post, Tag
from app.more_models import Profile


def first(session: Session):
    return session.query(Author).filter(Author.name != "c").order_by(Author.name.desc()).first()


def by_key(session: Session):
    return session.query(Author).get(1)


def all_joined(session: Session):
    return (
        session.query(Author)
        .join(Author.posts)  # each post repeats its author
        .filter(Post.title != None)
        .order_by(Author.id)
        .all()
    )


def eager(session: Session):
    posts = session.query(Post).options(joinedload(Post.comments), selectinload(Post.tags)).order_by(Post.id).limit(2).all()
    return [(post, [comment.id for comment in post.comments], [tag.label for tag in post.tags]) for post in posts]


def rows(session: Session):
    return session.query(Author.name, func.count(Post.id)).join(Post, Post.author_id == Author.id).group_by(Author.name).having(func.count(Post.id) > 0).order_by(Author.name).all()


def pairs(session: Session):
    return session.query(Author, Post).filter(Post.author_id == Author.id).order_by(Post.id).all()


def loop(session: Session):
    found = []
    for author in session.query(Author).filter_by(name="a"):
        found.append(author.name)
    return found + [name for (name,) in session.query(Author.name).order_by(Author.name)]


def listed(session: Session):
    return list(session.query(Tag).order_by(Tag.id))


def counted(session: Session):
    session.add(Tag(label="new"))
    return [
        session.query(Comment).filter(Comment.hidden.is_(True)).count(),
        session.query(Tag).count(),
        session.query(Author).join(Author.posts).distinct().count(),
        session.query(Post).order_by(Post.id).limit(1).count(),
    ]


def values(session: Session):
    return [
        session.query(Author.id).filter(Author.name == "a").scalar(),
        session.query(Author.id).filter(Author.name == "nobody").scalar(),
        session.query(func.max(Post.id)).scalar(),
        session.query(Author.name).filter(Author.id == 1).one(),
        session.query(Author).filter(Author.id == 99).one_or_none(),
        session.query(Author).filter(Author.id == 1).one(),
    ]


def outer(session: Session):
    return session.query(Author.name, Post.id).outerjoin(Author.posts).order_by(Author.name, Post.id).offset(1).all()


def alias(session: Session):
    editor = aliased(Author)
    return session.query(Post.title, editor.name).join(editor, Post.editor).order_by(Post.id).all()


def changed(session: Session):
    session.query(Comment).filter(Comment.hidden == False).update({"hidden": True}, synchronize_session=False)
    count = session.query(Comment).filter_by(hidden=True).delete()
    return count, session.query(Comment).count()


def locked(session: Session):
    return session.query(Author).filter(Author.id == 2).with_for_update(skip_locked=True).one()


def nested(session: Session):
    busy = session.query(Post.author_id).filter(Post.state != None)
    return session.query(Author).filter(Author.id.in_(busy.scalar_subquery())).order_by(Author.id).all()


def built(session: Session, name="a"):
    query = session.query(Author)
    if name:
        query = query.filter(Author.name == name)
    count = query.count()
    return count, query.order_by(Author.id).all(), [author.name for author in query]


def kept_join(session: Session, title="p1"):
    query = (
        session.query(Author)
        # each post repeats its author
        .join(Author.posts)
        .order_by(Author.id)
    )
    if title:
        query = query.filter(
            Post.title >= title,
            Post.id > 0,
        )
    query = query.all()
    return [author.name for author in query]


def branched(session: Session, *, hidden=True):
    if hidden:
        query = session.query(Comment.id).filter(Comment.hidden == True)
    else:
        query = session.query(Comment.id)
    newest = query.order_by(Comment.id.desc())
    return newest.first(), newest.limit(2).all(), session.query(Post).filter(Post.id.in_(query)).count()


def parts(session: Session):
    busy = session.query(Post.author_id, func.count(Post.id).label("posts")).group_by(Post.author_id).subquery("busy")
    named = session.query(Author).filter_by(name="a").cte()
    highest = session.query(func.max(Post.id)).filter(Post.author_id == Author.id).as_scalar()
    return [
        session.query(Author.name, busy.c.posts).join(busy, busy.c.author_id == Author.id).order_by(Author.name).all(),
        session.query(named.c.name, Author.id).filter(named.c.id == Author.id).all(),
        session.query(Author.name, highest.label("highest")).order_by(Author.name).all(),
        session.query(Author).filter(session.query(Post).filter(Post.author_id == Author.id).exists()).order_by(Author.id).all(),
        session.query(Author).filter(Author.id.in_(session.query(Post.author_id).filter(Post.id > 1))).all(),
    ]


def handed_on(session: Session):
    def run(query):
        return query.order_by(Post.id).all()

    query = session.query(Post).filter(Post.id > 1)
    return run(query), query.count()


def neighbours(session: Session):
    return [
        session.query(Author).order_by(Author.id)[0:2],
        session.query(session.query(Author).filter(Author.id == 1).exists()).scalar(),
        session.query(Author).with_entities(Author.name).order_by(Author.name).all(),
        session.query(Profile).join(Author).filter_by(name="a").all(),
        session.query(Post).join(Author, Post.author).distinct().order_by(Post.id).first(),
    ]


def delete(session: Session):
    """Its name is that of what takes the place of Query.delete()."""
    return session.query(Comment).filter(Comment.id > 1).delete()
