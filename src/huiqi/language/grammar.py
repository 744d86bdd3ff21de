"""The grammar of one line (LALR(1), read by lark) and the tree it builds.

Structure between lines (fields, groups, rows) is `parse.py`'s; this is what stands on a single line.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput, UnexpectedToken, VisitError

from huiqi.language import syntax as s
from huiqi.language.lexer import LineLexer, tokens
from huiqi.language.placed import verify
from huiqi.language.problems import RuleError, fail

GRAMMAR = (
    r"""
line: body
body: logic [IF logic] [CAP wide [SOFT]] [FLOOR sum] [NA sum]
head: GROUP [FULL NUM]              -> group_head
    | ATLEAST NUM                   -> at_least_head
    | EACH sum                      -> each_head
member_head: name_or_text [FULL NUM]
key: ELSE                           -> key_else
   | DATEFROM                       -> key_from
   | bound (AND bound)*             -> key_bounds
   | key_value (LISTSEP key_value)* -> key_values
   | logic_key                      -> key_condition
bound: CMP sum
?key_value: sum | between
?logic_key: compared | conj | disj | NOT test -> not_
cap: wide [IF logic]
condition: logic

?logic: test | conj | disj
conj: test (AND test)+
disj: test (OR test)+
?test: NOT test                     -> not_
     | SOFTLY test                  -> in_principle
     | wide
     | compared
?compared: sum CMP wide             -> compare
     | sum IN list                  -> within
     | sum NOTIN list               -> without
     | PERIOD HOLD kinds            -> holds_during
     | HOLD kinds                   -> holds
     | between HOLD kinds           -> holds_between
kinds: kind (LISTSEP kind)*
?kind: path | STR                   -> text
list: list_item (LISTSEP list_item)*
?list_item: sum | between
?wide: sum | between | table | sum PLUS table -> arith | sum MINUS table -> arith
     | term TIMES between           -> arith
?table: by | term TIMES by          -> arith | ATMOST by -> at_most
by: BY by_subject MODE*
?by_subject: CASES -> cases | sum
?sum: term | sum PLUS term -> arith | sum MINUS term -> arith
?term: factor | term TIMES factor   -> arith | term OVER factor -> arith
?factor: atom | ATMOST factor       -> at_most | ATLEAST factor -> at_least
       | PERIOD factor_of           -> during
?factor_of: path | call | "(" logic ")"
between: NUM TILDE NUM              -> between
       | DATE TILDE DATE            -> between_dates
       | DATE TILDE NAME            -> between_dates
       | MD TILDE MD                -> between_months
?atom: NUM                          -> num
     | MINUS NUM                    -> negative
     | DATE                         -> date
     | MD                           -> month
     | STR                          -> text
     | PERIOD                       -> period
     | path
     | call
     | "(" logic ")"
     | JUDGE STR                    -> judge
     | JUDGE STR NUM TILDE NUM      -> judge_points
     | OPEN STR                     -> open_text
     | SINCE sum STARTING NUM       -> span_of
     | SINCE sum FULLFOR NUM        -> reached
call: FUNC "(" logic ("," logic)* ")"
path: NAME filter?
filter: "[" logic "]"
name_or_text: NAME | STR

%declare AND OR NOT SOFTLY IN NOTIN HOLD SINCE STARTING FULLFOR IF CAP SOFT FLOOR NA JUDGE OPEN ATMOST ATLEAST
%declare BY CASES MODE GROUP EACH FULL ELSE CMP PLUS MINUS TIMES OVER TILDE STR NUM DATE MD
%declare PERIOD DATEFROM NAME FUNC LPAR RPAR LSQB RSQB COMMA LISTSEP COLON VERDICT
""".replace('"("', "LPAR")
    .replace('")"', "RPAR")
    .replace('"["', "LSQB")
    .replace('"]"', "RSQB")
    .replace('","', "COMMA")
)

_RANK_WORDS = frozenset({"高于", "低于", "不高于", "不低于"})
STARTS = ["line", "head", "member_head", "key", "cap", "condition"]


_LONGEST = {"年": 200, "年度": 200, "个月": 2400}
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _num(token: Token) -> s.Num:
    number, unit = token.value
    return s.Num(number, unit, col=token.column or 0)


def _only(items: tuple[Any, ...]) -> s.Expr:
    """The one node among the signs of a bracketed rule."""
    found: s.Expr = next(item for item in items if not isinstance(item, Token))
    return found


def _length(token: Token) -> s.Num:
    """The length of a span: no longer than a calendar can count."""
    found = _num(token)
    if float(found.number) > _LONGEST.get(found.unit, 100_000):
        raise fail(
            "E-number",
            f"{found.number}{found.unit} 太长，不是期间的长度",
            f"{found.number}{found.unit} is too long for a span",
            col=found.col,
        )
    return found


def _flat(kind: type[s.And] | type[s.Or], items: list[s.Expr], col: int) -> s.Expr:
    return kind(tuple(items), col=col)


@v_args(inline=True)
class _Build(Transformer[Token, Any]):
    """Grammar rules -> syntax nodes."""

    def line(self, body: s.Expr) -> s.Expr:
        return body

    condition = line

    def body(self, value: s.Expr, *rest: Any) -> s.Expr:
        items = list(rest)
        while items:
            word = items.pop(0)
            if word is None:
                continue
            if word.type == "IF":
                value = s.IfGiven(value, items.pop(0), col=word.column)
            elif word.type == "CAP":
                cap = items.pop(0)
                soft = bool(items) and getattr(items[0], "type", "") == "SOFT"
                value = s.Capped(value, cap, soft, col=word.column)
                if soft:
                    items.pop(0)
            elif word.type == "FLOOR":
                value = s.Floored(value, items.pop(0), col=word.column)
            elif word.type == "NA":
                value = s.IfNotApplicable(value, items.pop(0), col=word.column)
        return value

    def group_head(self, word: Token, full: Token | None, number: Token | None) -> s.Group:
        del full
        return s.Group(word.value, full=_num(number) if number else None, col=word.column or 0)

    def at_least_head(self, word: Token, number: Token) -> s.Group:
        count, unit = number.value
        if unit not in ("项", "个", "") or "." in count:
            raise fail(
                "E-at-least",
                f"“至少{count}{unit}:”应写作 至少{count}项",
                "a group head is 至少2项: with a whole number",
                col=number.column or 0,
            )
        return s.Group("至少", count=int(count), col=word.column or 0)

    def each_head(self, word: Token, each: s.Expr) -> s.Group:
        return s.Group("每满足一项", each=each, col=word.column or 0)

    def member_head(self, name: Token, full: Token | None, number: Token | None) -> Any:
        del full
        return name.value, (_num(number) if number else None)

    def name_or_text(self, token: Token) -> Token:
        return token

    def key_else(self, word: Token) -> s.Key:
        return s.Key(rest=True, col=word.column or 0)

    def key_from(self, word: Token) -> s.Key:
        return s.Key(from_year=int(word.value), col=word.column or 0)

    def key_bounds(self, *items: Any) -> s.Key:
        bounds = tuple(item for item in items if isinstance(item, s.Bound))
        return s.Key(bounds=bounds, col=bounds[0].col)

    def bound(self, op: Token, value: s.Expr) -> s.Bound:
        return s.Bound(op.value, value, col=op.column or 0)

    def key_values(self, *items: Any) -> s.Key:
        values = tuple(item for item in items if not isinstance(item, Token))
        return s.Key(values=values, col=values[0].col)

    def key_condition(self, condition: s.Expr) -> s.Key:
        return s.Key(condition=condition, col=condition.col)

    def cap(self, limit: s.Expr, word: Token | None, condition: s.Expr | None) -> Any:
        del word
        return limit, condition

    def conj(self, *items: Any) -> s.Expr:
        parts = [item for item in items if not isinstance(item, Token)]
        return _flat(s.And, parts, parts[0].col)

    def disj(self, *items: Any) -> s.Expr:
        parts = [item for item in items if not isinstance(item, Token)]
        return _flat(s.Or, parts, parts[0].col)

    def not_(self, word: Token, of: s.Expr) -> s.Expr:
        return s.Not(of, col=word.column or 0)

    def in_principle(self, word: Token, of: s.Expr) -> s.Expr:
        return s.InPrinciple(of, col=word.column or 0)

    def compare(self, left: s.Expr, op: Token, right: s.Expr) -> s.Expr:
        if isinstance(right, s.Num) and right.unit == "名" and str(op) in _RANK_WORDS:
            raise fail(
                "E-rank-direction",
                f"“{op} 第{right.number}名”读得出两个意思",
                f"“{op}” of a rank reads both ways",
                col=op.column or 0,
                fix_zh=f"写 ≤ 第{right.number}名（更好或相同）或 ≥ 第{right.number}名",
                fix_en=f"write ≤ 第{right.number}名 (as good or better) or ≥",
            )
        return s.Compare(op.value, left, right, col=left.col)

    def within(self, of: s.Expr, word: Token, items: tuple[s.Expr, ...]) -> s.Expr:
        del word
        return s.Within(of, items, col=of.col)

    def without(self, of: s.Expr, word: Token, items: tuple[s.Expr, ...]) -> s.Expr:
        del word
        return s.Within(of, items, True, col=of.col)

    def holds_during(self, period: Token, verb: Token, kinds: tuple[s.Expr, ...]) -> s.Expr:
        return s.Holds(verb.value, kinds, period.value, col=period.column or 0)

    def holds(self, verb: Token, kinds: tuple[s.Expr, ...]) -> s.Expr:
        return s.Holds(verb.value, kinds, col=verb.column or 0)

    def holds_between(self, span: s.Between, verb: Token, kinds: tuple[s.Expr, ...]) -> s.Expr:
        words = [x.iso if isinstance(x, s.DateLit) else "申报日" for x in (span.low, span.high)]
        if words[0] > words[1]:
            raise fail(
                "E-date",
                f"{words[0]} 晚于 {words[1]}",
                f"{words[0]} is later than {words[1]}",
                col=span.col,
            )
        return s.Holds(verb.value, kinds, "~".join(words), col=span.col)

    def kinds(self, *items: Any) -> tuple[s.Expr, ...]:
        return tuple(item for item in items if not isinstance(item, Token))

    def list(self, *items: Any) -> tuple[s.Expr, ...]:
        return tuple(item for item in items if not isinstance(item, Token))

    def by(self, word: Token, subject: Any, *modes: Token) -> s.Table:
        table_subject = None if isinstance(subject, str) else subject
        return s.Table(table_subject, tuple(mode.value for mode in modes), col=word.column or 0)

    def cases(self, word: Token) -> str:
        del word
        return "情形"

    def arith(self, left: s.Expr, op: Token, right: s.Expr) -> s.Expr:
        return s.Arith(op.value, left, right, col=left.col)

    def at_most(self, word: Token, of: s.Expr) -> s.Expr:
        return s.AtMost(of, col=word.column or 0)

    def at_least(self, word: Token, of: s.Expr) -> s.Expr:
        return s.AtLeast(of, col=word.column or 0)

    def during(self, period: Token, of: Any) -> s.Expr:
        return s.During(period.value, of, col=period.column or 0)

    def factor_of(self, *items: Any) -> s.Expr:
        return _only(items)

    def between(self, low: Token, tilde: Token, high: Token) -> s.Between:
        del tilde
        first, second = _num(low), _num(high)
        if not first.unit and second.unit:
            first = s.Num(first.number, second.unit, col=first.col)
        return s.Between(first, second, col=first.col)

    def between_dates(self, low: Token, tilde: Token, high: Token) -> s.Expr:
        del tilde
        first = s.DateLit(low.value, col=low.column or 0)
        if high.type == "NAME":
            if high.value not in ("申报日", "as_of"):
                raise fail(
                    "E-syntax", "~ 后面应是日期或 申报日", "expected a date", col=high.column or 0
                )
            return s.Between(first, s.Name(("申报日",), col=high.column or 0), col=first.col)
        return s.Between(first, s.DateLit(high.value, col=high.column or 0), col=first.col)

    def between_months(self, low: Token, tilde: Token, high: Token) -> s.Expr:
        del tilde
        return s.Between(self.month(low), self.month(high), col=low.column or 0)

    def num(self, token: Token) -> s.Expr:
        return _num(token)

    def negative(self, sign: Token, token: Token) -> s.Expr:
        number = _num(token)
        return s.Num("-" + number.number, number.unit, col=sign.column or 0)

    def date(self, token: Token) -> s.Expr:
        return s.DateLit(token.value, col=token.column or 0)

    def month(self, token: Token) -> s.Expr:
        month, _, day = token.value.partition("月")
        found = s.MonthLit(int(month), int(day.rstrip("日") or 0), col=token.column or 0)
        if not 1 <= found.month <= 12 or found.day > _DAYS[found.month - 1] or day == "0日":
            raise fail(
                "E-date",
                f"没有“{token.value}”这个月份或日子",
                f"there is no month or day “{token.value}”",
                col=found.col,
            )
        return found

    def text(self, token: Token) -> s.Expr:
        return s.Text(token.value, col=token.column or 0)

    def period(self, token: Token) -> s.Expr:
        return s.PeriodLit(token.value, col=token.column or 0)

    def atom(self, *items: Any) -> s.Expr:
        return _only(items)

    def judge(self, word: Token, words: Token) -> s.Expr:
        return s.Judge(words.value, col=word.column or 0)

    def judge_points(
        self, word: Token, words: Token, low: Token, tilde: Token, high: Token
    ) -> s.Expr:
        return s.Judge(words.value, self.between(low, tilde, high), col=word.column or 0)

    def open_text(self, word: Token, words: Token) -> s.Expr:
        return s.OpenText(words.value, col=word.column or 0)

    def span_of(self, word: Token, start: s.Expr, mode: Token, length: Token) -> s.Expr:
        del mode
        return s.SpanOf(start, _length(length), col=word.column or 0)

    def reached(self, word: Token, start: s.Expr, mode: Token, length: Token) -> s.Expr:
        del mode
        return s.SpanOf(start, _length(length), True, col=word.column or 0)

    def call(self, function: Token, *args: Any) -> s.Expr:
        items = tuple(item for item in args if not isinstance(item, Token))
        return s.Call(function.value, items, col=function.column or 0)

    def path(self, name: Token, where: s.Expr | None = None) -> s.Expr:
        plain = s.Name(tuple(name.value.split(".")), col=name.column or 0)
        return plain if where is None else s.Filtered(plain, where, col=plain.col)

    def filter(self, *items: Any) -> s.Expr:
        return _only(items)


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark(
        GRAMMAR,
        parser="lalr",
        lexer=LineLexer,
        start=STARTS,
        transformer=_Build(),
        maybe_placeholders=True,
        propagate_positions=False,
    )


# What an expected terminal looks like, for messages.
_SHOWN = {
    "NUM": "数",
    "NAME": "名称",
    "STR": "「文字」",
    "PERIOD": "期间",
    "DATE": "日期",
    "MD": "月份",
    "FUNC": "函数",
    "LPAR": "(",
    "ATMOST": "至多",
    "JUDGE": "评审「…」",
    "OPEN": "待定「…」",
    "SINCE": "自 … 起/满",
    "ELSE": "其他",
    "RPAR": ")",
    "LSQB": "[",
    "RSQB": "]",
    "COMMA": ",",
    "LISTSEP": "、",
    "COLON": ":",
    "CMP": "≥ > ≤ < = ≠",
    "HOLD": "有 无 获 曾获 列入 未列入 发生",
    "AND": "且",
    "OR": "或",
    "NOT": "非",
    "IN": "属于",
    "NOTIN": "不属于",
    "BY": "按",
    "MODE": "取最高档 各档都给 分段 补差 首次达到",
    "PLUS": "+",
    "MINUS": "−",
    "TIMES": "×",
    "OVER": "/",
    "CAP": "封顶",
    "FLOOR": "保底",
    "IF": "若",
    "$END": "行末",
}


@lru_cache(maxsize=65536)
def parse_line(text: str, start: str = "line") -> Any:
    """The tree of one line's content. Raises RuleError with the column and what was expected there."""
    try:
        made = _parser().parse(text, start=start)
    except VisitError as error:
        if isinstance(error.orig_exc, RuleError):
            raise error.orig_exc from None
        raise
    except UnexpectedToken as error:
        raise _refusal(text, error) from None
    except UnexpectedInput as error:
        raise fail("E-syntax", "这一行读不通", "cannot read this line", col=error.column) from None
    verify(text, start, made)
    return made


def _refusal(text: str, error: UnexpectedToken) -> RuleError:
    token = error.token
    col = token.column if token.type != "$END" and token.column else len(text) + 1
    found = str(token.value) if token.type != "$END" else "行末"
    if isinstance(token.value, tuple):
        found = "".join(token.value)
    words = [token_.value for token_ in tokens(text)]
    if token.type in ("AND", "OR") and "且" in words and "或" in words:
        return fail(
            "E-mixed",
            "一行里且和或不能混用",
            "且 and 或 cannot be mixed on one line",
            col=col,
            fix_zh="加括号，或拆成任一/全部的分组",
            fix_en="use brackets, or groups 任一 / 全部",
        )
    if found in ("不超过", "以上", "以下", "以内", "不足", "超过", "达到", "不低于"):
        return _border(found, col)
    last = text[: col - 1].rstrip().rsplit(" ", 1)[-1]
    if last in ("不超过", "以上", "以下", "以内", "不足", "超过", "达到"):
        return _border(last, col)
    expected = sorted(
        {_SHOWN[name] for name in (error.accepts or error.expected) if name in _SHOWN}
    )
    shown = "、".join(expected[:9])
    return fail(
        "E-syntax",
        f"读到“{found}”读不下去，这里可以是：{shown}",
        f"did not expect “{found}”; here may stand: {shown}",
        col=col,
    )


def _border(word: str, col: int) -> RuleError:
    if word == "不超过":
        return fail(
            "E-bare-not-over",
            "“不超过”有两个意思",
            "不超过 has two meanings",
            col=col,
            fix_zh="作条件写 ≤；作金额：官方给的上限写 至多 X，按公式算出后截断写 封顶 X",
            fix_en="a condition: ≤; an amount: 至多 X (someone decides within it) or 封顶 X (computed, then cut)",
        )
    return fail(
        "E-border-word",
        f"“{word}”要写明是否含本数",
        f"“{word}” must say whether it includes the number",
        col=col,
        fix_zh="写 ≥ > ≤ <（看本文件的约定）",
        fix_en="write ≥ > ≤ < by the document's convention",
    )
