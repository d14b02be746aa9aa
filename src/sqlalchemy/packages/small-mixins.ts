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

const authlibModels = `
from sqlalchemy import Column, Integer, String, Text

def now(): ...

class OAuth2ClientMixin:
    client_id = Column(String(48), index=True)
    client_secret = Column(String(120))
    client_id_issued_at = Column(Integer, nullable=False, default=0)
    client_secret_expires_at = Column(Integer, nullable=False, default=0)
    _client_metadata = Column("client_metadata", Text)

class OAuth2AuthorizationCodeMixin:
    code = Column(String(120), unique=True, nullable=False)
    client_id = Column(String(48))
    redirect_uri = Column(Text, default="")
    response_type = Column(Text, default="")
    scope = Column(Text, default="")
    nonce = Column(Text)
    auth_time = Column(Integer, nullable=False, default=lambda: now())
    acr = Column(Text, nullable=True)
    amr = Column(Text, nullable=True)
    code_challenge = Column(Text)
    code_challenge_method = Column(String(48))

class OAuth2TokenMixin:
    client_id = Column(String(48))
    token_type = Column(String(40))
    access_token = Column(String(255), unique=True, nullable=False)
    refresh_token = Column(String(255), index=True)
    scope = Column(Text, default="")
    issued_at = Column(Integer, nullable=False, default=lambda: now())
    access_token_revoked_at = Column(Integer, nullable=False, default=0)
    refresh_token_revoked_at = Column(Integer, nullable=False, default=0)
    expires_in = Column(Integer, nullable=False, default=0)
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
  { 'authlib.integrations.sqla_oauth2': authlibModels },
  { flask_login: plain('UserMixin', 'AnonymousUserMixin') },
  { flask_security: plain('UserMixin', 'RoleMixin', 'WebAuthnMixin') },
  { sqlalchemy_serializer: plain('SerializerMixin') },
  {
    'social_core.storage': plain('UserMixin', 'NonceMixin', 'AssociationMixin', 'CodeMixin', 'PartialMixin'),
  },
];
