"""示例：真实企业遇上真实政策，不用准备任何文件。

Real firms meet real policies: Taizhou's listed companies and invented small firms, each on a day
that is stated; verdicts, amounts, reasons, what is missing; then what one different fact changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huiqi.cli.options import AsJson, Lang, Language

if TYPE_CHECKING:
    from huiqi.library.fact_files import FactFile
    from huiqi.library.library import Library
    from huiqi.reasoning.answer import Answer

LISTED_AS_OF = date(2022, 6, 30)
LISTED = ("浙江钱江摩托股份有限公司", "浙江大元泵业股份有限公司", "浙江海德曼智能装备股份有限公司")
EXAMPLES = (
    "wenling_pump",
    "yuhuan_lathe",
    "huzhou_software",
    "nanning_cloud",
    "shijiazhuang_machinery",
    "shijiazhuang_labour",
    "wenling_motor_2026",
)
TWINS = (
    ("wenling_pump", "wenling_pump_less_research", "归集研发费用 138万元 → 90万元"),
    ("yuhuan_lathe", "yuhuan_lathe_december", "入库日 6 月 30 日 → 12 月 1 日"),
    ("huzhou_software", "huzhou_software_deqing", "注册地 吴兴区 → 德清县"),
    ("shijiazhuang_labour", "shijiazhuang_labour_31", "参保职工 30 人 → 31 人"),
    ("wenling_motor_2026", "wenling_motor_2026_low_revenue", "营业收入 1500万元 → 1499万元"),
)
MOVED = "wenling_pump"
ELSEWHERE = ("温岭市", "玉环市", "济南市", "河北省")
EXPLAINED = ("huzhou_software", "物联网中台项目奖励")
SHOWN = {"eligible": 8, "needs_review": 4, "undetermined": 3, "ineligible": 2}
SIZE = "国统字〔2017〕213号 企业规模"


@dataclass(frozen=True, slots=True)
class Case:
    """One firm on its day."""

    key: str
    file: FactFile
    answer: Answer
    is_listed: bool


def command(as_json: AsJson = False, lang: Language = Lang.zh) -> int:
    from huiqi.cli import inputs, screen
    from huiqi.cli.codes import FINE

    library = inputs.library_at(None)
    with inputs.working("正在试算 · calculating"):
        cases = {case.key: case for case in _cases(library)}
    if as_json:
        screen.print_json(_as_json(cases))
        return FINE
    _Demo(library, cases, lang.value).show()
    return FINE


def _cases(library: Library) -> Iterator[Case]:
    from huiqi.library.fact_files import read_fact_file
    from huiqi.library.paths import firms_dir
    from huiqi.reasoning.answer import calculate

    for name, file in listed_firms(library).items():
        answer = calculate(library.program, library.vocabulary, file.facts, LISTED_AS_OF)
        yield Case(name, file, answer, True)
    wanted = dict.fromkeys((*EXAMPLES, *(twin for _, twin, _ in TWINS)))
    for key in wanted:
        path = firms_dir() / "examples" / f"{key}.yaml"
        file = read_fact_file(path, library.vocabulary)
        assert file.as_of is not None, f"INVARIANT: {path.name} states its day"
        answer = calculate(library.program, library.vocabulary, file.facts, file.as_of)
        yield Case(key, file, answer, False)


def listed_firms(library: Library) -> dict[str, FactFile]:
    """The listed companies shown, from the shipped table by the mapping that takes their figures as own."""
    from huiqi.intake import import_table, read_mapping, suits
    from huiqi.library.fact_files import fact_file
    from huiqi.library.paths import firms_dir

    folder = firms_dir() / "listed"
    mapping = read_mapping(folder / "mapping_as_own.yaml")
    table = next(iter(sorted(folder.glob("*.csv"))))
    found = import_table(mapping, table, suits(library.vocabulary))
    subjects = {str(one["名称"]): one for one in found.subjects}
    return {name: fact_file(subjects[name], library.vocabulary, str(table)) for name in LISTED}


class _Demo:
    def __init__(self, library: Library, cases: dict[str, Case], lang: str) -> None:
        from huiqi.cli.screen import AnswerScreen

        self.library, self.cases, self.lang = library, cases, lang
        self.screen = AnswerScreen(library.vocabulary, lang)
        self.out = self.screen.out

    def _t(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def _title(self, zh: str, en: str) -> None:
        self.out.print()
        self.out.rule(self._t(zh, en), align="left", style="bold")

    def show(self) -> None:
        self.opening()
        self._title(
            f"一、台州的上市公司，申报日 {LISTED_AS_OF}",
            f"1. Listed companies of Taizhou, as of {LISTED_AS_OF}",
        )
        self.out.print(
            self._t(
                "数字取自公开年报，是合并数，这里当作企业自己的数看个大概；没有公开的一律未知，不推算。",
                "Figures from annual reports are consolidated; they stand in for the firm's own here. "
                "What is not published is unknown.",
            ),
            style="dim",
        )
        for name in LISTED:
            self.firm(self.cases[name])
        self._title(
            "二、小企业（虚构，照常见水平编写），各在一个合适的申报日",
            "2. Small firms (invented), each on a fitting day",
        )
        for key in EXAMPLES:
            self.firm(self.cases[key])
        self.twins()
        self.elsewhere()
        self.explanation()
        self.closing()

    def opening(self) -> None:
        program = self.library.program
        checked = [one.checked for one in program.measures.values()]
        full = sum(how == "全文" for how in checked)
        self.out.print(
            self._t(
                "惠企：企业能得到什么，为什么，还缺什么",
                "Huiqi: what a firm can get, why, and what is missing",
            ),
            style="bold",
        )
        self.out.print(
            self._t(
                f"{len(program.documents)} 份政策文件，{len(checked)} 个事项，其中 {full} 个逐字核对过全文；结果是试算，不是主管部门的决定。",
                f"{len(program.documents)} documents, {len(checked)} measures, {full} of them checked against "
                "the full text; results are calculations, not decisions of an authority.",
            )
        )

    def firm(self, case: Case) -> None:
        from huiqi.cli.calc import heading
        from huiqi.reasoning.verdict import Verdict

        self.out.print()
        self.out.print(
            heading(case.file.name, case.file.is_example, case.answer, self.lang),
            style="bold underline",
        )
        size = size_class(case, self.library, self.lang)
        if size:
            self.out.print(self._t(f"统计上划型：{size}", f"size class in statistics: {size}"))
        self.screen.show(case.answer, most={v: SHOWN[v.value] for v in Verdict if v.value in SHOWN})
        self.screen.outlook(case.answer, case.file.facts, self.library.program)

    def twins(self) -> None:
        self._title("三、只差一个事实", "3. One fact apart")
        for first, second, what in TWINS:
            self.out.print(what, style="bold")
            for line in differences(self.cases[first].answer, self.cases[second].answer, self.lang):
                self.out.print(f"  {line}")

    def elsewhere(self) -> None:
        """The same firm as if it were in other places: how many measures concern it, what they bring."""
        from huiqi.reasoning.answer import calculate
        from huiqi.reasoning.places import DIVISIONS, moved_to
        from huiqi.vocabulary.quantity import format_quantity
        from huiqi.vocabulary.units import MONEY

        case = self.cases[MOVED]
        self._title("四、假如在别处（calc --place）", "4. If it were somewhere else (calc --place)")
        self.out.print(case.file.name)
        table = self.library.vocabulary.table(DIVISIONS)
        for place in ELSEWHERE:
            moved = moved_to(case.file.facts, table.resolve(place), self.library.vocabulary)
            answer = calculate(
                self.library.program, self.library.vocabulary, moved, case.answer.as_of
            )
            counts = _counts(answer)
            met = sum(counts.get(key, 0) for key in ("eligible", "needs_review"))
            asked, certain = len(answer.results), answer.total.certain
            money = format_quantity(certain, MONEY, self.lang)
            self.out.print(
                self._t(
                    f"  {place}：有关的 {asked} 项，符合和待评审 {met} 项，待补充 "
                    f"{counts.get('undetermined', 0)} 项，确定的奖补 {money}",
                    f"  {place}: {asked} measures concern it, {met} met or for review, "
                    f"{counts.get('undetermined', 0)} undetermined, awards certain {money}",
                )
            )

    def explanation(self) -> None:
        from huiqi.library.conventions import convention_titles
        from huiqi.reasoning.explain import explain_lines
        from huiqi.reasoning.why import Explainer

        key, measure = EXPLAINED
        case = self.cases[key]
        self._title("五、为什么：一个事项的全部理由", "5. Why: one measure in full")
        explainer = Explainer(self.library.program, self.library.vocabulary, self.lang)
        titles = convention_titles(self.lang)
        self.out.print(case.file.name)
        for line in explain_lines(case.answer.result(measure), explainer, titles):
            self.out.print(line, soft_wrap=True)

    def closing(self) -> None:
        from huiqi.library.paths import firms_dir

        self._title("接下来", "Next")
        examples = firms_dir() / "examples"
        here = Path.cwd()
        shown = examples.relative_to(here) if examples.is_relative_to(here) else examples
        for words in (
            f"huiqi calc {shown}/wenling_shoes.yaml",
            f"huiqi explain {shown}/wenling_pump.yaml 科技型中小企业",
            f"huiqi ask {shown}/wenling_shoes.yaml",
            f"huiqi calc {shown}/wenling_shoes.yaml --place 济南市",
            "huiqi library --place 温岭市",
            "huiqi vocab 研发费用",
        ):
            self.out.print(f"  {words}", soft_wrap=True)


def size_class(case: Case, library: Library, lang: str) -> str:
    """The size class of the statistics bureau from the facts at hand; empty where it stays open."""
    from huiqi.reasoning.examples import definition_context
    from huiqi.reasoning.interpret import code_of
    from huiqi.reasoning.situation import Situation

    definition = library.program.definitions.get(SIZE)
    if definition is None or definition.type.kind != "code":
        return ""
    made = Situation(case.file.facts)
    ctx = definition_context(
        definition, made, case.answer.as_of, library.program, library.vocabulary
    )
    table = library.vocabulary.table(definition.type.table)
    found = code_of(definition.body, ctx)
    return table.label(found.options[0], lang) if len(found.options) == 1 else ""


def differences(one: Answer, other: Answer, lang: str) -> Iterator[str]:
    """The measures that come out otherwise, each with both results."""
    before = {result.id: result for result in one.results}
    found = False
    for result in other.results:
        first = before.get(result.id)
        if first is None:
            continue
        left, right = _outcome(first, lang), _outcome(result, lang)
        if left != right:
            found = True
            yield f"{result.measure.name}：{left} → {right}"
    if not found:
        yield "没有变化" if lang == "zh" else "no change"


def _outcome(result: Any, lang: str) -> str:
    from huiqi.reasoning.explain import amount_words

    return f"{result.verdict.label(lang)} {amount_words(result, lang)}".strip()


def _as_json(cases: dict[str, Case]) -> dict[str, Any]:
    from huiqi.reasoning.answer_json import total_json

    return {
        "firms": [
            {
                "firm": case.file.name,
                "is_example": case.file.is_example,
                "consolidated_figures": case.is_listed,
                "as_of": case.answer.as_of.isoformat(),
                "verdicts": _counts(case.answer),
                "total": total_json(case.answer.total),
            }
            for case in cases.values()
        ],
        "twins": [
            {
                "fact": what,
                "differences": list(differences(cases[a].answer, cases[b].answer, "zh")),
            }
            for a, b, what in TWINS
        ],
    }


def _counts(answer: Answer) -> dict[str, int]:
    counts: dict[str, int] = {}
    for result in answer.results:
        counts[result.verdict.value] = counts.get(result.verdict.value, 0) + 1
    return counts
