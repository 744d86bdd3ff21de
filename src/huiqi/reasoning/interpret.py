"""The reference interpreter: the one table of what every node of the checked tree means.

A node's meaning stands in the file of its mechanism; here they meet. Reading order: `conditions.py`, `values.py`,
then the mechanisms (`dated`, `tables`, `records`, `overrides`, `codes`, `texts`), then `measure.py` and `combine.py`.
"""

from __future__ import annotations

from huiqi.language import tree as t
from huiqi.reasoning import codes, conditions, dated, overrides, records, tables, texts, values
from huiqi.reasoning.context import Meaning
from huiqi.reasoning.dispatch import code_of, state, texts_of, value

MEANING = Meaning(
    states={
        **conditions.STATES,
        t.TitleHolds: dated.title_holds,
        t.Listed: dated.listed,
        t.Happened: dated.happened,
        t.Exceptional: overrides.exceptional_state,
    },
    values={
        **values.VALUES,
        t.RecordFold: records.fold_records,
        t.NumberTable: tables.number_table,
        t.CodeTableRows: tables.rows_value,
        t.ConditionTable: tables.rows_value,
        t.Exceptional: overrides.exceptional_value,
    },
    codes={**codes.CODES, t.RecordFold: records.fold_codes},
    texts=texts.TEXTS,
)

__all__ = ["MEANING", "code_of", "state", "texts_of", "value"]
