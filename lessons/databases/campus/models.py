"""The campus: courses and their students, authors and their books. Grades go from 0 to 100."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Department(Base):
    __tablename__ = "departments"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    building: Mapped[str | None] = mapped_column(String(40))

    professors: Mapped[list["Professor"]] = relationship(back_populates="department")
    courses: Mapped[list["Course"]] = relationship(back_populates="department")

    def __repr__(self) -> str:
        return f"Department(id={self.id}, name={self.name!r})"


class Professor(Base):
    __tablename__ = "professors"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    hired_on: Mapped[date]

    department: Mapped["Department | None"] = relationship(back_populates="professors")
    courses: Mapped[list["Course"]] = relationship(back_populates="professor")

    def __repr__(self) -> str:
        return f"Professor(id={self.id}, name={self.name!r})"


class Course(Base):
    __tablename__ = "courses"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(80))
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    professor_id: Mapped[int | None] = mapped_column(ForeignKey("professors.id"))
    credits: Mapped[int]

    department: Mapped["Department"] = relationship(back_populates="courses")
    professor: Mapped["Professor | None"] = relationship(back_populates="courses")
    enrollments: Mapped[list["Enrollment"]] = relationship(
        back_populates="course", cascade="all, delete-orphan"
    )

    def __repr__(self) -> str:
        return f"Course(id={self.id}, title={self.title!r})"


class Student(Base):
    __tablename__ = "students"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str | None] = mapped_column(String(120), unique=True)
    admitted_on: Mapped[date]

    profile: Mapped["Profile | None"] = relationship(
        back_populates="student", cascade="all, delete-orphan"
    )
    enrollments: Mapped[list["Enrollment"]] = relationship(
        back_populates="student", cascade="all, delete-orphan"
    )

    def __repr__(self) -> str:
        return f"Student(id={self.id}, name={self.name!r})"


class Profile(Base):
    __tablename__ = "profiles"

    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), unique=True)
    bio: Mapped[str | None] = mapped_column(String(200))
    born_on: Mapped[date | None]
    city: Mapped[str | None] = mapped_column(String(60))

    student: Mapped["Student"] = relationship(back_populates="profile")

    def __repr__(self) -> str:
        return f"Profile(id={self.id}, student_id={self.student_id})"


class Enrollment(Base):
    __tablename__ = "enrollments"
    __table_args__ = (CheckConstraint("grade BETWEEN 0 AND 100", name="grade_0_to_100"),)

    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), primary_key=True)
    enrolled_on: Mapped[date]
    grade: Mapped[int | None]

    student: Mapped["Student"] = relationship(back_populates="enrollments")
    course: Mapped["Course"] = relationship(back_populates="enrollments")

    def __repr__(self) -> str:
        return (
            f"Enrollment(student_id={self.student_id}, course_id={self.course_id}, "
            f"grade={self.grade})"
        )


author_book = Table(
    "author_book",
    Base.metadata,
    Column("author_id", ForeignKey("authors.id"), primary_key=True),
    Column("book_id", ForeignKey("books.id"), primary_key=True),
)


class Author(Base):
    __tablename__ = "authors"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    country: Mapped[str | None] = mapped_column(String(2))

    books: Mapped[list["Book"]] = relationship(secondary=author_book, back_populates="authors")

    def __repr__(self) -> str:
        return f"Author(id={self.id}, name={self.name!r})"


class Book(Base):
    __tablename__ = "books"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    year: Mapped[int | None]
    pages: Mapped[int]

    authors: Mapped[list["Author"]] = relationship(secondary=author_book, back_populates="books")

    def __repr__(self) -> str:
        return f"Book(id={self.id}, title={self.title!r})"
