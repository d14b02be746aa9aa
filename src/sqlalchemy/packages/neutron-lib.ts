/** neutron-lib's base, mixins and types, which the networking projects of OpenStack declare their models with. */

const constants = `
NAME_FIELD_SIZE = 255
LONG_DESCRIPTION_FIELD_SIZE = 1024
DESCRIPTION_FIELD_SIZE = 255
PROJECT_ID_FIELD_SIZE = 255
DEVICE_ID_FIELD_SIZE = 255
DEVICE_OWNER_FIELD_SIZE = 255
UUID_FIELD_SIZE = 36
STATUS_FIELD_SIZE = 16
IP_ADDR_FIELD_SIZE = 64
MAC_ADDR_FIELD_SIZE = 32
RESOURCE_TYPE_FIELD_SIZE = 255
FQDN_FIELD_SIZE = 255
AZ_HINTS_DB_LEN = 255
ETHERTYPE_FIELD_SIZE = 40
DB_INTEGER_MAX_VALUE = 2147483647
`;

const types = `
from sqlalchemy import types

class IPAddress(types.TypeDecorator):
    impl = types.String(64)

class CIDR(types.TypeDecorator):
    impl = types.String(64)

class MACAddress(types.TypeDecorator):
    impl = types.String(64)

class TruncatedDateTime(types.TypeDecorator):
    impl = types.DateTime
`;

const modelBase = `
import sqlalchemy as sa
from sqlalchemy import orm

def generate_uuid(): ...

class HasProject:
    project_id = sa.Column(sa.String(255), index=True)

    @orm.declared_attr
    def tenant_id(cls):
        return orm.synonym("project_id")

class HasProjectNoIndex(HasProject):
    project_id = sa.Column(sa.String(255))

class HasProjectPrimaryKey(HasProject):
    project_id = sa.Column(sa.String(255), nullable=False, primary_key=True)

class HasProjectPrimaryUniqueKey(HasProject):
    project_id = sa.Column(sa.String(255), nullable=False, primary_key=True, unique=True)

class HasId:
    id = sa.Column(sa.String(36), primary_key=True, default=generate_uuid)

class HasStatusDescription:
    status = sa.Column(sa.String(16), nullable=False)
    status_description = sa.Column(sa.String(255))

class NeutronBaseV2:
    __table_args__ = {"mysql_engine": "InnoDB"}

    @orm.declared_attr
    def __tablename__(cls):
        return cls.__name__.lower() + "s"

class BASEV2(orm.DeclarativeBase, NeutronBaseV2): ...
`;

const standardAttr = `
import sqlalchemy as sa
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.orm import declared_attr

from neutron_lib.db import model_base, sqlalchemytypes

def utcnow(): ...

class StandardAttribute(model_base.BASEV2):
    id = sa.Column(sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True)
    resource_type = sa.Column(sa.String(255), nullable=False)
    description = sa.Column(sa.String(255))
    revision_number = sa.Column(
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"), server_default="0", nullable=False
    )
    created_at = sa.Column(sqlalchemytypes.TruncatedDateTime, default=utcnow)
    updated_at = sa.Column(sqlalchemytypes.TruncatedDateTime, onupdate=utcnow)

class HasStandardAttributes:
    @declared_attr
    def standard_attr_id(cls):
        return sa.Column(
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.ForeignKey(StandardAttribute.id, ondelete="CASCADE"),
            unique=True,
            nullable=False,
        )

    @declared_attr
    def standard_attr(cls):
        return sa.orm.relationship(
            StandardAttribute, lazy="joined", cascade="all, delete-orphan", single_parent=True, uselist=False
        )

    @declared_attr
    def description(cls):
        return association_proxy("standard_attr", "description")

    @declared_attr
    def created_at(cls):
        return association_proxy("standard_attr", "created_at")

    @declared_attr
    def updated_at(cls):
        return association_proxy("standard_attr", "updated_at")

    @declared_attr
    def revision_number(cls):
        return association_proxy("standard_attr", "revision_number")
`;

export const neutronLib: Readonly<Record<string, string>> = {
  'neutron_lib.db.constants': constants,
  'neutron_lib.db.sqlalchemytypes': types,
  'neutron_lib.db.model_base': modelBase,
  'neutron_lib.db.standard_attr': standardAttr,
};
