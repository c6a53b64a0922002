"""Errors of a journal, each one line for the user: what, where, what to do."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import SQLAlchemyError


class JournalError(Exception):
    """The journal cannot be used. The message is one line for the person who runs the crawl."""


# Primary result codes: https://www.sqlite.org/rescode.html (the low byte of an extended code).
_SQLITE_ADVICE = {
    sqlite3.SQLITE_BUSY: "is locked by another program: let it finish or end it, then run again",
    sqlite3.SQLITE_LOCKED: "is locked by another program: let it finish or end it, then run again",
    sqlite3.SQLITE_CORRUPT: "is damaged and was left as it is: put a good copy in its place, or move it away "
    "to start with an empty journal, which delivers every story again",
    sqlite3.SQLITE_NOTADB: "is not a journal and was left as it is: "
    "move it away or name another file in JOURNAL",
    sqlite3.SQLITE_READONLY: "cannot be written: give this user the right to write the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: its folder must exist and be writable for this user",
    sqlite3.SQLITE_PERM: "cannot be opened: its folder must exist and be writable for this user",
    sqlite3.SQLITE_FULL: "cannot grow, the disk is full: make room and run again; nothing journaled is lost",
    sqlite3.SQLITE_IOERR: "cannot be read or written: "
    "make sure that its disk is healthy and has room, then run again",
}
# SQLSTATE, : https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRES_ADVICE = {
    "53100": "cannot grow, the server's disk is full: make room and run again; nothing journaled is lost",
    "53300": "has no connection left for this program: raise the server's max_connections, or run fewer crawls",
    "57014": "took longer than the server allows: raise its statement_timeout and run again; nothing journaled is lost",
    "57P01": "was closed by the server's administrator: run again when it is up; nothing journaled is lost",
    "57P02": "was closed by a crash of the server: run again when it is up; nothing journaled is lost",
    "57P03": "cannot be used yet, the server is starting: run again in a moment",
    "55P03": "is locked by another program: let it finish or end it, then run again",
    "25006": "cannot be written: the server or the database is read-only",
    "42501": "cannot be used: this user lacks a right on it",
}
_UNREACHABLE = (
    "cannot be reached: make sure that the server runs and has the database, and that JOURNAL names them and "
    "the user right"
)
_UNKNOWN = "failed: nothing after the last finished step was stored; run again"


def explain(error: Exception, where: str) -> JournalError:
    """The error of a database driver or of SQLAlchemy as a `JournalError` about the journal at `where`."""
    cause = getattr(error, "orig", None) or error
    detail = " ".join(str(cause).split()) or type(cause).__name__
    return JournalError(f"journal {where} {_advice(error, cause)} ({detail})")


def _advice(error: Exception, cause: BaseException) -> str:
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return _SQLITE_ADVICE.get(code & 0xFF, _UNKNOWN)
    state = getattr(cause, "sqlstate", None)
    if state:
        return _POSTGRES_ADVICE.get(state, _UNKNOWN)
    if isinstance(error, SQLAlchemyError) and type(cause).__module__.startswith("psycopg"):
        return _UNREACHABLE
    return _UNKNOWN
