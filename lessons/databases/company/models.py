"""The company: its people, whom they work for, on what, and for how much. Salaries are in cents."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Department(Base):
    __tablename__ = "departments"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    city: Mapped[str | None] = mapped_column(String(60))

    employees: Mapped[list["Employee"]] = relationship(back_populates="department")
    projects: Mapped[list["Project"]] = relationship(back_populates="department")

    def __repr__(self) -> str:
        return f"Department(id={self.id}, name={self.name!r})"


class Employee(Base):
    __tablename__ = "employees"
    __table_args__ = (CheckConstraint("salary_cents > 0", name="salary_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(40))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("employees.id"))
    salary_cents: Mapped[int]
    hired_on: Mapped[date]

    department: Mapped["Department | None"] = relationship(back_populates="employees")
    manager: Mapped["Employee | None"] = relationship(back_populates="reports", remote_side=[id])
    reports: Mapped[list["Employee"]] = relationship(back_populates="manager")
    assignments: Mapped[list["Assignment"]] = relationship(
        back_populates="employee", cascade="all, delete-orphan"
    )
    salaries: Mapped[list["Salary"]] = relationship(
        back_populates="employee",
        foreign_keys="Salary.employee_id",
        cascade="all, delete-orphan",
    )

    def __repr__(self) -> str:
        return f"Employee(id={self.id}, name={self.name!r})"


class Project(Base):
    __tablename__ = "projects"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    started_on: Mapped[date]
    ended_on: Mapped[date | None]

    department: Mapped["Department | None"] = relationship(back_populates="projects")
    assignments: Mapped[list["Assignment"]] = relationship(
        back_populates="project", cascade="all, delete-orphan"
    )

    def __repr__(self) -> str:
        return f"Project(id={self.id}, name={self.name!r})"


class Assignment(Base):
    __tablename__ = "assignments"
    __table_args__ = (CheckConstraint("hours >= 0", name="hours_not_negative"),)

    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"), primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20))
    hours: Mapped[int | None]

    employee: Mapped["Employee"] = relationship(back_populates="assignments")
    project: Mapped["Project"] = relationship(back_populates="assignments")

    def __repr__(self) -> str:
        return (
            f"Assignment(employee_id={self.employee_id}, project_id={self.project_id}, "
            f"role={self.role!r})"
        )


class Salary(Base):
    """What somebody earned from `valid_from` until the day before `valid_to`; NULL: until today."""

    __tablename__ = "salary_history"

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"))
    salary_cents: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("employees.id"))

    employee: Mapped["Employee"] = relationship(
        back_populates="salaries", foreign_keys=[employee_id]
    )
    approved_by: Mapped["Employee | None"] = relationship(foreign_keys=[approved_by_id])

    def __repr__(self) -> str:
        return (
            f"Salary(id={self.id}, employee_id={self.employee_id}, "
            f"salary_cents={self.salary_cents})"
        )
