"""First snippets of handouts on SQLAlchemy, written for 2.1, run as they stand."""

import pytest

from .conftest import Go

ENGINE_AND_TEXT = """
from sqlalchemy import create_engine, text

engine = create_engine('sqlite:///meubanco.db')

with engine.begin() as connection:
    connection.execute(text("CREATE TABLE minha_tabela (id INTEGER, nome TEXT)"))
    connection.execute(text("INSERT INTO minha_tabela VALUES (1, 'João')"))

with engine.connect() as connection:
    result = connection.execute(text("SELECT * FROM minha_tabela"))
    for row in result:
        print(row)
"""
MODEL_AND_SESSION = """
from sqlalchemy import Column, Integer, String, create_engine
from sqlalchemy.orm import declarative_base, sessionmaker

engine = create_engine('sqlite:///meubanco.db')
Base = declarative_base()

class Usuario(Base):
    __tablename__ = 'usuarios'
    id = Column(Integer, primary_key=True)
    nome = Column(String)
    idade = Column(Integer)

Base.metadata.create_all(engine)

Session = sessionmaker(bind=engine)
session = Session()

novo_usuario = Usuario(nome="João", idade=30)
session.add(novo_usuario)
session.commit()

for usuario in session.query(Usuario).all():
    print(usuario.nome, usuario.idade)
"""
CORE_TABLE = """
from sqlalchemy import create_engine
from sqlalchemy import MetaData, Table, Column, Integer, String

engine = create_engine('sqlite:///mydatabase.db')
metadata = MetaData()
users = Table('users', metadata,
              Column('id', Integer, primary_key=True),
              Column('name', String),
              Column('age', Integer))
metadata.create_all(engine)
with engine.begin() as connection:
    connection.execute(users.insert(), [{"name": "Alice", "age": 30}, {"name": "Bob", "age": 25}])
print([tuple(row) for row in engine.connect().execute(users.select())])
"""
CRUD = """
class User(DeclarativeBase if False else declarative_base()):
    __tablename__ = 'users'
    id = Column(Integer, primary_key=True)
    name = Column(String)
    age = Column(Integer)

User.metadata.create_all(engine)
session.add_all([User(name='Alice', age=30), User(name='Bob', age=25)])
session.commit()
users = session.query(User).filter(User.age > 28).all()
for user in users:
    print(user.name, user.age)
user = session.query(User).filter(User.name == 'Alice').first()
user.age = 31
session.commit()
user = session.query(User).filter(User.name == 'Bob').first()
session.delete(user)
session.commit()
print([(u.name, u.age) for u in session.scalars(select(User))])
session.close()
"""
SQLITE3 = """
import sqlite3

connection = sqlite3.connect('mydatabase.db')
cursor = connection.cursor()
cursor.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT, email TEXT)")
cursor.execute("INSERT INTO users (username, email) VALUES (?, ?)", ('john_doe', 'john@example.com'))
connection.commit()
cursor.execute("SELECT * FROM users WHERE username=?", ('john_doe',))
print(cursor.fetchone())
connection.close()
"""
MEMORY = """
engine = create_engine('sqlite:///:memory:')

class Base(DeclarativeBase):
    pass

class Student(Base):
    __tablename__ = "students"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50))
    courses: Mapped[list["Course"]] = relationship(secondary="enrolments", back_populates="students")

class Course(Base):
    __tablename__ = "courses"
    id: Mapped[int] = mapped_column(primary_key=True)
    students: Mapped[list[Student]] = relationship(secondary="enrolments", back_populates="courses")

Table("enrolments", Base.metadata,
      Column("student_id", ForeignKey("students.id"), primary_key=True),
      Column("course_id", ForeignKey("courses.id"), primary_key=True))

Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add(Student(name="Ana", courses=[Course(), Course()]))
    session.commit()
    print(len(session.scalar(select(Student)).courses))
"""


@pytest.mark.parametrize(
    ("code", "output"),
    [
        (ENGINE_AND_TEXT, "(1, 'João')\n"),
        (MODEL_AND_SESSION, "João 30\n"),
        (CORE_TABLE, "[(1, 'Alice', 30), (2, 'Bob', 25)]\n"),
        (CRUD, "Alice 30\n[('Alice', 31)]\n"),
        (SQLITE3, "(1, 'john_doe', 'john@example.com')\n"),
        (MEMORY, "2\n"),
    ],
)
def test_snippets_run_as_they_are(go_empty: Go, code: str, output: str) -> None:
    run = go_empty(code)
    assert run.status == "ok", run.error
    assert run.output == output
    assert run.result is None or run.result.rows == []


@pytest.mark.parametrize(
    ("code", "kind", "message"),
    [
        ("engine.connect().execute('SELECT * FROM t')", "ObjectNotExecutableError", "Not an executable object: 'SELECT * FROM t'"),
        ("Session sessionmaker(bind=engine)", "SyntaxError", "invalid syntax"),
        ("create_engine('postgresql://u:p@host/x')", "ModuleNotFoundError", "No module named 'psycopg'"),
    ],
)  # fmt: skip
def test_old_or_broken_snippets_say_what_is_wrong(
    go_empty: Go, code: str, kind: str, message: str
) -> None:
    error = go_empty(code).error
    assert (error.type, error.message) == (kind, message)
