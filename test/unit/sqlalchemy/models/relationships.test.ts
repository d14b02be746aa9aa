import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modelOf, read, relationships } from './read-models-of.ts';

const parent =
  'class P(Base):\n    __tablename__ = "p"\n    id: Mapped[int] = mapped_column(primary_key=True)\n';
const child =
  'class C(Base):\n    __tablename__ = "c"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    p_id: Mapped[int] = mapped_column(ForeignKey("p.id"))\n';

test('the foreign key gives the direction and the join', () => {
  const found = read(
    `${parent}    cs: Mapped[list["C"]] = relationship(back_populates="p")\n${child}    p: Mapped["P"] = relationship(back_populates="cs")\n`,
  );
  assert.deepEqual(relationships(modelOf(found, 'P')), ['cs -> models.C one-to-many collection']);
  assert.deepEqual(relationships(modelOf(found, 'C')), ['p -> models.P many-to-one']);
  assert.deepEqual(found.joinOf(modelOf(found, 'P'), 'cs')?.pairs, [
    {
      local: { table: 'p', schema: null, column: 'id' },
      remote: { table: 'c', schema: null, column: 'p_id' },
    },
  ]);
});

test('a backref adds the attribute on the other side', () => {
  const found = read(`${parent}${child}    p = relationship(P, backref="cs")\n`);
  assert.deepEqual(relationships(modelOf(found, 'P')), ['cs -> models.C one-to-many collection']);
});

test('keywords that stand in a dictionary of the class are followed', () => {
  const text = `class Owner(Base):
    __tablename__ = "owners"
    id: Mapped[int] = mapped_column(primary_key=True)
    shared = {"back_populates": "owner", "lazy": "selectin"}
    pets: Mapped[list["Pet"]] = relationship("Pet", **shared)
    toys: Mapped[list["Pet"]] = relationship("Pet", **other())
class Pet(Base):
    __tablename__ = "pets"
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("owners.id"))
    owner: Mapped[Owner] = relationship(back_populates="pets")
`;
  const found = modelOf(read(text), 'Owner').attributes.flatMap(each =>
    each.kind === 'relationship' ? [`${each.name} ${each.backPopulates} ${each.lazy}`] : [],
  );
  assert.deepEqual(found, ['pets owner selectin', 'toys null select']);
});

test('remote_side turns a tree upward', () => {
  const text =
    'class N(Base):\n    __tablename__ = "n"\n    id = Column(Integer, primary_key=True)\n    up_id = Column(ForeignKey("n.id"))\n    up = relationship("N", remote_side=[id])\n    downs = relationship("N")\n';
  assert.deepEqual(relationships(modelOf(read(text), 'N')), [
    'up -> models.N many-to-one',
    'downs -> models.N one-to-many collection',
  ]);
});

test('a secondary table is found by variable, by name and by lambda', () => {
  const link =
    'link = Table("link", Base.metadata, Column("p_id", ForeignKey("p.id")), Column("q_id", ForeignKey("q.id")))\n';
  const other =
    'class Q(Base):\n    __tablename__ = "q"\n    id: Mapped[int] = mapped_column(primary_key=True)\n';
  const linking = 'def linking():\n    """Late."""\n    return link\n';
  for (const secondary of ['link', '"link"', 'lambda: link', 'lambda: linking()']) {
    const found = read(
      `${link}${linking}${parent}    qs: Mapped[list["Q"]] = relationship(secondary=${secondary})\n${other}`,
    );
    assert.deepEqual(relationships(modelOf(found, 'P')), ['qs -> models.Q many-to-many collection']);
    assert.equal(found.joinOf(modelOf(found, 'P'), 'qs')?.secondary?.pairs[0]?.remote.table, 'q');
  }
});

test('a secondary table is found by a variable that holds the table of a class', () => {
  const found = read(`
class Link(Base):
    __tablename__ = "link"
    p_id = Column(ForeignKey("p.id"), primary_key=True)
    q_id = Column(ForeignKey("q.id"), primary_key=True)
links = Link.__table__
${parent}    qs: Mapped[list["Q"]] = relationship(secondary=links)
class Q(Base):
    __tablename__ = "q"
    id: Mapped[int] = mapped_column(primary_key=True)
`);
  assert.equal(found.joinOf(modelOf(found, 'P'), 'qs')?.secondary?.pairs[0]?.remote.table, 'q');
});

test('foreign_keys chooses between two keys', () => {
  const text = `${parent}class C(Base):\n    __tablename__ = "c"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    a_id: Mapped[int] = mapped_column(ForeignKey("p.id"))\n    b_id: Mapped[int] = mapped_column(ForeignKey("p.id"))\n    b: Mapped[P] = relationship(foreign_keys=[b_id])\n`;
  const found = read(text);
  assert.equal(found.joinOf(modelOf(found, 'C'), 'b')?.pairs[0]?.local.column, 'b_id');
});

test('an unknown target stays unknown', () => {
  assert.deepEqual(relationships(modelOf(read(`${parent}    xs = relationship("Missing")\n`), 'P')), [
    'xs -> Missing null',
  ]);
});

test('a class of another base is not what a name means', () => {
  const other =
    'class Other(DeclarativeBase):\n    pass\nclass Far(Other):\n    __tablename__ = "far"\n    id: Mapped[int] = mapped_column(primary_key=True)\n';
  assert.deepEqual(relationships(modelOf(read(`${parent}    xs = relationship("Far")\n${other}`), 'P')), [
    'xs -> Far null',
  ]);
});

test('a backref that is for viewing alone', () => {
  const found = read(
    `${parent}${child}    p = relationship(P, backref=sa.orm.backref("cs", viewonly=True))\n`,
  );
  const viewOnly = ['P', 'C'].map(name =>
    modelOf(found, name).attributes.flatMap(each => (each.kind === 'relationship' ? [each.viewOnly] : [])),
  );
  assert.deepEqual(viewOnly, [[true], [false]]);
});

test('what is assigned in the place of a backref is for type checkers alone', () => {
  const found = read(
    `${parent}${child}    p = relationship(P, backref=sa.orm.backref("cs", uselist=False))\nP.cs = relationship(C)\n`,
  );
  assert.deepEqual(relationships(modelOf(found, 'P')), ['cs -> models.C one-to-many']);
});

test('a condition over the class that a function gives back', () => {
  const found = read(
    `${parent}    cs = relationship("C", primaryjoin=lambda: P.id == foreign(late().p_ref))\n
def late():
    return C

class C(Base):
    __tablename__ = "c"
    id: Mapped[int] = mapped_column(primary_key=True)
    p_ref: Mapped[int]
`,
  );
  assert.deepEqual(relationships(modelOf(found, 'P')), ['cs -> models.C one-to-many collection']);
});

test('Python\'s "and" between two conditions leaves the first, an equality of two columns', () => {
  const found = read(
    `${parent}    cs = relationship("C", primaryjoin=lambda: C.p_id == P.id and C.id.isnot(None))\n${child}`,
  );
  assert.deepEqual(relationships(modelOf(found, 'P')), ['cs -> models.C one-to-many collection']);
});

test('a class over the tables of its subclasses is referred to by theirs', () => {
  const found = read(`from sqlalchemy.ext.declarative import AbstractConcreteBase
${parent}    cs: Mapped[list["C"]] = relationship()
class C(AbstractConcreteBase, Base):
    id: Mapped[int] = mapped_column(primary_key=True)
    @declared_attr
    def p_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("p.id"))
class D(C):
    __tablename__ = "d"
    __mapper_args__ = {"polymorphic_identity": "d", "concrete": True}
`);
  assert.deepEqual(relationships(modelOf(found, 'P')), ['cs -> models.C one-to-many collection']);
  assert.deepEqual(found.joinOf(modelOf(found, 'P'), 'cs')?.pairs ?? [], []);
});
