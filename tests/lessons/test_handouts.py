"""The handouts that the course replaces: their opening programs, written for 2.1, run without a warning.

Engine, SQL text, model, session, first query: what a newcomer copies first from each of them.
"""

import pytest

from playground.databases import Databases
from playground.running import Job, Run, Runners

SHORT_PORTUGUESE = """
engine = create_engine("sqlite:///meubanco.db")

class Base(DeclarativeBase):
    pass

class Usuario(Base):
    __tablename__ = "usuarios"
    id: Mapped[int] = mapped_column(primary_key=True)
    nome: Mapped[str | None]
    idade: Mapped[int | None]

Base.metadata.create_all(engine)
Session = sessionmaker(bind=engine)
session = Session()
novo_usuario = Usuario(nome="João", idade=30)
session.add(novo_usuario)
session.commit()
with engine.connect() as connection:
    for row in connection.execute(text("SELECT nome FROM usuarios")):
        print(row)
for usuario in session.scalars(select(Usuario)):
    print(usuario.nome, usuario.idade)
"""

SYSTEMS_PORTUGUESE = """
class Base(DeclarativeBase):
    pass

class Usuario(Base):
    __tablename__ = "usuarios"
    id: Mapped[int] = mapped_column(Sequence("usuario_id_seq"), primary_key=True)
    nome: Mapped[str | None] = mapped_column(String(50))
    idade: Mapped[int | None]
    compras: Mapped[list["Compra"]] = relationship(back_populates="usuario")

class Compra(Base):
    __tablename__ = "compras"
    id: Mapped[int] = mapped_column(Sequence("compra_id_seq"), primary_key=True)
    usuario_id: Mapped[int | None] = mapped_column(ForeignKey("usuarios.id"))
    produto: Mapped[str | None] = mapped_column(String(50))
    usuario: Mapped[Usuario | None] = relationship(back_populates="compras")

Base.metadata.create_all(engine)
session = Session(engine)
ana = Usuario(nome="Ana", idade=31, compras=[Compra(produto="café")])
session.add_all([ana, Usuario(nome="Bia", idade=30)])
session.commit()
for usuario in session.scalars(select(Usuario).where(Usuario.idade > 30)):
    print(usuario.nome, [compra.produto for compra in usuario.compras])
"""

SLIDES_PORTUGUESE = """
engine = create_engine("sqlite:///exemplo.db")

class Base(DeclarativeBase):
    pass

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50))
    email: Mapped[str | None] = mapped_column(String(100), unique=True)

    def __repr__(self):
        return f"User(id={self.id}, name={self.name!r})"

Base.metadata.create_all(engine)
session = Session(engine)
novo_usuario = User(name="João Silva", email="joao@exemplo.com")
session.add(novo_usuario)
session.commit()
print(f"Usuário criado com ID: {novo_usuario.id}")
print(session.get(User, 1))
print(session.scalars(select(User).where(User.name.like("%Silva%")).limit(10)).all())
session.close()
"""

HANDOUT_RUSSIAN = """
engine = create_engine("sqlite:///mydatabase.db")
metadata = MetaData()
users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String),
    Column("age", Integer),
)
metadata.create_all(engine)

class Base(DeclarativeBase):
    pass

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    age: Mapped[int | None]

Base.metadata.create_all(engine)
Session = sessionmaker(bind=engine)
session = Session()
session.add_all([User(name="Alice", age=30), User(name="Bob", age=25)])
session.commit()
for user in session.scalars(select(User).where(User.age > 28)):
    print(user.name, user.age)
user = session.scalars(select(User).where(User.name == "Alice")).first()
user.age = 31
session.delete(session.scalars(select(User).where(User.name == "Bob")).first())
session.commit()
with engine.connect() as connection:
    print(connection.execute(select(users)).all())
session.close()
"""

HANDOUT_ENGLISH = """
import sqlite3

connection = sqlite3.connect("mydatabase.db")
cursor = connection.cursor()
cursor.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT, email TEXT)")
cursor.execute("INSERT INTO users (username, email) VALUES (?, ?)", ("john_doe", "john@example.com"))
connection.commit()
cursor.execute("SELECT * FROM users WHERE username=?", ("john_doe",))
print(cursor.fetchone())
connection.close()

class Base(DeclarativeBase):
    pass

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str | None]
    email: Mapped[str | None]

engine = create_engine("sqlite:///:memory:")
Base.metadata.create_all(engine)
Session = sessionmaker(bind=engine)
session = Session()
session.add(User(username="john_doe", email="john@example.com"))
session.commit()
result = session.scalars(select(User).filter_by(username="john_doe")).first()
result.email = "john.doe@example.com"
session.commit()
print(result.email)
session.delete(result)
session.commit()
print(session.scalars(select(User)).all())
"""

PROGRAMS = [
    (SHORT_PORTUGUESE, "('João',)\nJoão 30\n"),
    (SYSTEMS_PORTUGUESE, "Ana ['café']\n"),
    (
        SLIDES_PORTUGUESE,
        "Usuário criado com ID: 1\nUser(id=1, name='João Silva')\n[User(id=1, name='João Silva')]\n",
    ),
    (HANDOUT_RUSSIAN, "Alice 30\n[(1, 'Alice', 31)]\n"),
    (HANDOUT_ENGLISH, "(1, 'john_doe', 'john@example.com')\njohn.doe@example.com\n[]\n"),
]
OLD = [
    ('engine.connect().execute("SELECT 1")', "ObjectNotExecutableError"),
    ('session.execute("SELECT 1")', "ArgumentError"),
    ('engine.execute("SELECT 1")', "AttributeError"),
    ("Session sessionmaker(bind=engine)", "SyntaxError"),
    ('create_engine("mysql://user:password@host:port/database")', "ValueError"),
]
"""What the handouts print, and what 2.1 says to it."""


def run(code: str, databases: Databases, runners: Runners) -> Run:
    database = databases.open("none", beside=None)
    return runners.of(database.world).run(Job(code=code, database=database.visible.image()))


@pytest.mark.parametrize(("program", "printed"), PROGRAMS)
def test_the_program_written_for_today_runs(
    program: str, printed: str, databases: Databases, runners: Runners
) -> None:
    ran = run(program, databases, runners)
    assert (ran.status, ran.error, ran.warnings) == ("ok", None, [])
    assert ran.output == printed


@pytest.mark.parametrize(("code", "error"), OLD)
def test_what_the_old_line_raises_is_what_the_lessons_say(
    code: str, error: str, databases: Databases, runners: Runners
) -> None:
    ran = run(code, databases, runners)
    assert ran.error is not None
    assert ran.error.type == error


def test_the_old_base_still_works_and_warns(databases: Databases, runners: Runners) -> None:
    ran = run(
        "from sqlalchemy.ext.declarative import declarative_base\nBase = declarative_base()",
        databases,
        runners,
    )
    assert ran.status == "ok"
    assert [warning.category for warning in ran.warnings] == ["MovedIn20Warning"]
