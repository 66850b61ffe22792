"""Give each statement the name a test knows it by.

Not here: the names.
"""

from collections.abc import Iterable, Mapping

PATH = "SET search_path"
_TRANSACTIONS = {"BEGIN": "begin", "COMMIT": "commit"}


def named(taken: Iterable[Mapping[str, str]], known: Mapping[str, str]) -> tuple[list[str], int]:
    """The statements in order by name (the first whose mark they contain, else their text), and how many set a path."""
    said = [one["sql"] for one in taken]
    names = [_name(sql, known) for sql in said if not sql.startswith(PATH)]
    return names, len(said) - len(names)


def _name(sql: str, known: Mapping[str, str]) -> str:
    if sql in _TRANSACTIONS:
        return _TRANSACTIONS[sql]
    return next((name for name, mark in known.items() if mark in sql), sql)
