"""docs/error-record.md, made from the records of the second readings beside it and the shipped rules.

docs/error-record/readings.tsv: document, measures read, differences found. differences.tsv: document,
measure, kind, outcome, what. The first 135 measures were read before these files were kept; their sums
stand in FIRST.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import huiqi

ROOT = Path(__file__).resolve().parents[2]
PAGE = "docs/error-record.md"
FOLDER = ROOT / "docs" / "error-record"
OUTCOMES = ("改算法", "未尽", "存疑", "保留")
KINDS = {
    "丢了条件": "lost condition",
    "条件过严": "too strict",
    "丢了限额或分期": "lost limit or instalments",
    "用错事实": "wrong fact",
    "错的数": "wrong figure",
    "错的年度或基数": "wrong year or base",
    "凭空的日期": "invented date",
    "错的界线": "wrong border",
    "上限与金额": "ceiling against amount",
    "领错人": "wrong recipient",
    "叠加": "stacking",
    "软的说成硬的": "soft words made firm",
    "近似的说法": "an approximation of the words",
    "编了两次": "encoded twice",
    "漏了事项": "a benefit without measure",
    "多了事项": "a measure that the text does not have",
    "其他": "other",
}
# The first 135 measures: differences by kind; 11 mended, 4 left open, 16 doubtful.
FIRST_MEASURES, FIRST_OUTCOMES = 135, {"改算法": 11, "未尽": 4, "存疑": 16, "保留": 0}
FIRST_DOCUMENTS = (
    "国科发政〔2017〕115号", "国科发火〔2016〕32号", "国统字〔2017〕213号", "工信部企业〔2022〕63号",
    "工信部企业〔2026〕2号", "工信部政法〔2023〕138号", "财建〔2024〕148号", "财税〔2015〕119号",
    "财政部税务总局公告2023年第12号", "财政部税务总局公告2023年第44号", "财税〔2017〕34号",
    "财政部税务总局科技部公告2022年第28号", "桂政办发〔2020〕70号", "冀人社发〔2024〕14号",
    "冀工信企业函〔2022〕611号", "无文号「河北工业企业技术创新措施」", "湖政办发〔2020〕35号",
    "无文号「黄岩亩均评价2022」", "无文号「温岭园区亩均评价2022」", "无文号「玉环美丽经济2023」",
)  # fmt: skip
FIRST_KINDS = {
    "丢了条件": 6,
    "条件过严": 1,
    "用错事实": 1,
    "凭空的日期": 1,
    "错的年度或基数": 3,
    "其他": 6,
    "丢了限额或分期": 2,
    "软的说成硬的": 3,
    "近似的说法": 7,
    "编了两次": 1,
}
HEAD = """# 差错记录：第二个读者先复述，第三个读者再对照 · Error record: blind second readings
每条规则写好以后，一个没写它的人只看规则（去掉定位词、摘要、注释和例子），用自己的话复述它给谁、要什么、给多少；再由第三个人打开官方文本，一条一条对照复述，记下每一处不同，当场改掉或写明。只见过二手资料的文件，对照的是二手资料。
A reader who had not written the rule saw the rule alone (no locating words, summaries, comments or examples) and said in own words who gets what on which conditions. A third reader then opened the official text, compared clause by clause, and mended or stated every difference. Documents known only second-hand were compared with those sources.

本页由记录生成，`make docs` 重写；逐条的记录在 [differences.tsv](error-record/differences.tsv) 和 [readings.tsv](error-record/readings.tsv)（第一批 135 个事项在有这两份记录以前读过，只有合计）。
Made from the records; each difference stands in the two files (of the first 135 measures only the sums are kept).
"""
CAUGHT = """
## 检查程序因此多了什么 · What the checker catches because of it
- **编过的句子里有数、规则里没有**（`W-figure-lost`）：漏掉的限额、档位、期限多半带着数。 A figure of an encoded sentence that no rule says.
- **“首次获得某一级”只看那一级**：`首次(获 T[级别 = 国家级])` 原来把先得的省级也算在前。 The first grant that meets the filter.
- **按情形的表写补差、每级几次、不是荣誉的首次**：原来收下却不起作用，现在拒收（`E-mode` `E-scope` `E-first`）。 Constructs that were accepted and did nothing are refused.
- **文件之间连不上的**：沿革指着没有的事项（`E-edition`）、落实没有上级文件（`E-fill`）、两版重叠（`W-edition-overlap`）、同一文号两份（`E-duplicate`）。 Broken links between documents.
- **读数**：100万（省了元）、8.5折、三免两减半、万分之五、50BP、1万（含）至3万平方米、三个年度；界线：不得少于、3年期以上。原来认不出，编的人只好写“未核”。 Figures and borders that were not read, so that authors had to mark true lines as unverified.
- 窗口的日期、数、界线词、没碰的句子从第一批起就由程序查。 Dates of windows, figures, borders and untouched sentences since the first batch.

**还查不出来的**：不带数的限定词（“新上”“经认定的”“自建”“除外”）。句子已经有定位，少一个词程序看不见；第二读因此不能省。
What it still cannot see is a qualifier without a figure; that is why the second reading stays.
"""


@dataclass(frozen=True, slots=True)
class Reading:
    document: str
    measures: int


def error_record() -> str:
    """The page."""
    return "\n".join(_lines()).rstrip("\n") + "\n"


def readings() -> list[Reading]:
    """What was read of each document, parts of one document joined."""
    found: Counter[str] = Counter()
    for row in _rows("readings.tsv"):
        found[row[0]] += int(row[1])
    return [Reading(document, count) for document, count in found.items()]


def differences() -> list[list[str]]:
    rows = list(_rows("differences.tsv"))
    assert all(row[2] in KINDS and row[3] in OUTCOMES for row in rows), "unknown kind or outcome"
    return rows


def _rows(name: str) -> Iterator[list[str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(reader)
        yield from reader


def _lines() -> Iterator[str]:
    found, read = differences(), readings()
    count = sum(one.measures for one in read)
    outcomes = Counter(row[3] for row in found)
    first = sum(FIRST_KINDS.values())
    yield HEAD
    total = {key: outcomes[key] + FIRST_OUTCOMES[key] for key in OUTCOMES}
    yield (
        f"**读了 {count + FIRST_MEASURES} 个事项，发现 {len(found) + first} 处不同**："
        f"{total['改算法']} 处改了规则的算法，{total['未尽']} 处写成 `未尽`，{total['存疑']} 处写成 `存疑`，"
        f"{total['保留']} 处看过而保留。"
    )
    yield (
        f"**{count + FIRST_MEASURES} measures were read; {len(found) + first} differences were found**: "
        f"{total['改算法']} changed how a rule calculates, {total['未尽']} became open, "
        f"{total['存疑']} doubtful, {total['保留']} were kept.\n"
    )
    yield from _by_kind(found)
    yield from _by_document(found, read)
    yield from _not_read(read)
    yield CAUGHT


def _by_kind(found: list[list[str]]) -> Iterator[str]:
    kinds = Counter(row[2] for row in found)
    mended = Counter(row[2] for row in found if row[3] == "改算法")
    yield "## 哪一类 · By kind"
    yield "| 类 · kind | 第一批 135 · first 135 | 其后 · later | 其中改算法 · of these mended |"
    yield "| --- | --- | --- | --- |"
    order = sorted(KINDS, key=lambda kind: -(kinds[kind] + FIRST_KINDS.get(kind, 0)))
    for kind in order:
        yield (
            f"| {kind} · {KINDS[kind]} | {FIRST_KINDS.get(kind, 0)} | {kinds[kind]} | {mended[kind]} |"
        )


def _by_document(found: list[list[str]], read: list[Reading]) -> Iterator[str]:
    by: Mapping[str, Counter[str]] = {one.document: Counter() for one in read}
    for row in found:
        by[row[0]][row[3]] += 1
    yield "\n## 每份文件 · By document"
    yield "| 文件 · document | 读过 · read | 不同 · differences | " + " | ".join(OUTCOMES) + " |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for one in sorted(read, key=lambda one: (-sum(by[one.document].values()), one.document)):
        counts = by[one.document]
        yield (
            f"| {_short(one.document)} | {one.measures} | {sum(counts.values())} | "
            + " | ".join(str(counts[outcome]) for outcome in OUTCOMES)
            + " |"
        )


def _not_read(read: list[Reading]) -> Iterator[str]:
    program = huiqi.load().program
    known = {one.document for one in read} | set(FIRST_DOCUMENTS)
    waiting = Counter(
        measure.document for measure in program.measures.values() if measure.document not in known
    )
    yield "\n## 还没有第三个读者对照的 · Not compared yet"
    if not waiting:
        yield "没有。 None."
        return
    listed = "、".join(f"{_short(key)}（{count}）" for key, count in sorted(waiting.items()))
    yield f"{len(waiting)} 份文件、{sum(waiting.values())} 个事项：{listed}。"
    yield f"{len(waiting)} documents with {sum(waiting.values())} measures."


def _short(document: str) -> str:
    return document.removeprefix("无文号「").rstrip("」") if "「" in document else document
