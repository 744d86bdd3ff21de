"""The official sentence beside a line."""

from huiqi.anchors import Quotes
from huiqi.checking.program import check_library
from huiqi.language import tree as t
from huiqi.language.parse import parse
from huiqi.vocabulary.declare import make_vocabulary

from .case import HEAD, TEXT

PROGRAM = check_library({"a.rule": parse(HEAD, "a.rule").tree}, make_vocabulary([], {})).program
DOCUMENT = "测〔2023〕1号"


def test_a_locator_shows_its_sentence_and_clause() -> None:
    quotes = Quotes(PROGRAM, {"t1": TEXT})
    (quote,) = quotes.of(DOCUMENT, t.Source(words=("300人以下的奖励",)), ("一",))
    assert quote.words == "对职工300人及以上的企业奖励２０万元，300人以下的奖励10万元。"
    assert quote.address == "一"


def test_nothing_is_shown_without_the_text_or_the_words() -> None:
    source = t.Source(words=("300人以下的奖励",))
    assert Quotes(PROGRAM, {}).of(DOCUMENT, source) == ()
    assert Quotes(PROGRAM, {"t1": TEXT}).of(DOCUMENT, t.Source(words=("没有的话",))) == ()
    assert Quotes(PROGRAM, {"t1": TEXT}).of("别的文件", source) == ()
