/** Packages with a mixin or two: those that add columns, and those that add none. */

const osloModels = `
from sqlalchemy import Column, DateTime, Integer

def utcnow(): ...

class ModelBase: ...

class TimestampMixin:
    created_at = Column(DateTime, default=lambda: utcnow())
    updated_at = Column(DateTime, onupdate=lambda: utcnow())

class SoftDeleteMixin:
    deleted_at = Column(DateTime)
    deleted = Column(Integer, default=0)
`;

const utilsModels = `
from sqlalchemy import Column, DateTime

def utcnow(): ...

class Timestamp:
    created = Column(DateTime, default=lambda: utcnow(), nullable=False)
    updated = Column(DateTime, default=lambda: utcnow(), nullable=False)
`;

const mixinsTimestamps = `
from sqlalchemy import TIMESTAMP, Column, func

class TimestampsMixin:
    created_at = Column(TIMESTAMP(timezone=False), default=func.now(), nullable=False)
    updated_at = Column(TIMESTAMP(timezone=False), default=func.now(), onupdate=func.now(), nullable=False)

class ActiveRecordMixin: ...
class SmartQueryMixin: ...
class EagerLoadMixin: ...
class ReprMixin: ...
class SerializeMixin: ...
class AllFeaturesMixin: ...
`;

const danceModels = `
import datetime
from sqlalchemy import JSON, Column, DateTime, Integer, String
from sqlalchemy.orm import declared_attr

class OAuthConsumerMixin:
    @declared_attr
    def __tablename__(cls):
        return f"flask_dance_{cls.__name__.lower()}"

    id = Column(Integer, primary_key=True)
    provider = Column(String(50), nullable=False)
    created_at = Column(DateTime, default=datetime.datetime.utcnow, nullable=False)
    token = Column(JSON, nullable=False)
`;

const builderModels = `
from sqlalchemy.orm import declarative_base

Base = declarative_base()

class Model(Base):
    __abstract__ = True
`;

/** Classes that are inherited from beside a base, and add no column. */
function plain(...names: readonly string[]): string {
  return names.map(name => `class ${name}: ...\n`).join('');
}

export const smallMixins: readonly Readonly<Record<string, string>>[] = [
  { 'oslo_db.sqlalchemy.models': osloModels },
  {
    'sqlalchemy_utils.models': utilsModels,
    sqlalchemy_utils: 'from sqlalchemy_utils.models import Timestamp\n',
  },
  {
    'sqlalchemy_mixins.timestamp': mixinsTimestamps,
    sqlalchemy_mixins: 'from sqlalchemy_mixins.timestamp import *\n',
  },
  { 'flask_dance.consumer.storage.sqla': danceModels },
  {
    'flask_appbuilder.models.sqla': builderModels,
    flask_appbuilder: 'from flask_appbuilder.models.sqla import Base, Model\n',
  },
  { flask_login: plain('UserMixin', 'AnonymousUserMixin') },
  { flask_security: plain('UserMixin', 'RoleMixin', 'WebAuthnMixin') },
  { sqlalchemy_serializer: plain('SerializerMixin') },
  {
    'social_core.storage': plain('UserMixin', 'NonceMixin', 'AssociationMixin', 'CodeMixin', 'PartialMixin'),
  },
];
