"""Search finds the passage that answers, and an index loaded from disk is the one that was saved."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hash_encoder import HashEncoder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from index_articles import document, documents

from index.encoder import SentenceEncoder
from index.fusion import FusionWeights
from index.passage_index import IndexSettings, PassageIndex
from ingest.chunking import ChunkSettings
from ingest.errors import YinjuError
from ingest.loaders import load_document

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = ROOT / "data" / "articles" / "green-belt-and-road.txt"
QUESTIONS = (
    "伊拉克的项目每年回收多少天然气？",
    "中老鐵路全長多少公里？",
    "１０６０ 万 吨",
    "野生亚洲象",
    "How long is the railway?",
    "¿Qué es?",
    "？",
    "",
    "王芳",
    "2021",
)


@pytest.fixture
def index(hash_encoder) -> PassageIndex:
    return PassageIndex.from_documents(documents(), hash_encoder)


@pytest.fixture(scope="module")
def article_index(encoder: SentenceEncoder) -> PassageIndex:
    """The bundled article under the real model."""
    return PassageIndex.from_documents([load_document(ARTICLE)], encoder)


def places(index: PassageIndex) -> list[tuple[str, str]]:
    return [(item.id, section) for item in index.documents.values() for section in ("", "s1", "s2")]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_gets_ranked_passages_that_stand_in_their_articles(index, question):
    passages = index.search(question, top_k=4)
    assert [passage.rank for passage in passages] == [1, 2, 3, 4]
    assert all(before.score >= after.score for before, after in pairwise(passages))
    for passage in passages:
        text = index.documents[passage.chunk.document_id].text
        assert passage.chunk.span.of(text) == passage.chunk.text
        assert all(passage.chunk.span.contains(sentence.span) for sentence in passage.sentences)
        assert "".join(sentence.span.of(text) for sentence in passage.sentences) == passage.chunk.text.replace("\n", "")


@pytest.mark.parametrize("spelling", ["33万吨", "33 万吨", "３３萬噸", "33万 吨", "３３ 萬 噸"])
def test_every_spelling_of_a_quantity_finds_its_passage(article_index, spelling):
    best = article_index.search(f"减排{spelling}的是什么项目？", top_k=1)[0]
    assert "33 万吨" in best.chunk.text or "33万吨" in best.chunk.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("亚洲象怎样穿过铁路？", "亚洲象"),
        ("中老鐵路減少了多少碳排放？", "中老铁路"),
        ("How does the China-Laos railway cut carbon emissions?", "中老铁路"),
        ("¿Qué bonos verdes se han emitido?", "绿色债券"),
    ],
)
def test_a_question_in_any_script_or_language_finds_its_passage(article_index, question, words):
    assert any(words in passage.chunk.text for passage in article_index.search(question, top_k=3))


def test_a_question_in_another_language_needs_no_shared_term(article_index):
    passages = article_index.search("Ποια είναι τα οφέλη της πράσινης ενέργειας;", top_k=5)
    assert [passage.lexical_score for passage in passages] == [0] * 5
    assert len({passage.score for passage in passages}) == 5


def test_the_sentence_that_answers_matches_better_than_its_neighbours(index):
    passage = index.search("伊拉克的项目每年回收天然气33万吨")[0]
    text = index.documents["energy"].text
    best = max(passage.sentences, key=lambda sentence: sentence.score)
    assert best.span.of(text) == "张强：中国石油在伊拉克的项目每年回收天然气33万吨。"


def test_the_lexical_score_is_zero_where_no_term_is_shared(index):
    assert all(passage.lexical_score == 0 for passage in index.search("How long is it?"))
    assert index.search("伊拉克")[0].lexical_score > 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.sets(st.sampled_from([(d, s) for d in ("energy", "railway") for s in ("", "s1", "s2")])), st.data())
def test_a_search_in_sections_returns_exactly_the_passages_inside_them(index, sections, data):
    passages = index.search(data.draw(st.sampled_from(QUESTIONS)), sections=sections)
    found = [(passage.chunk.document_id, passage.chunk.section_id) for passage in passages]
    assert set(found) == sections
    assert [passage.rank for passage in passages] == list(range(1, len(passages) + 1))


@pytest.mark.parametrize("place", [("energy", "s9"), ("nothing", "s1")])
def test_a_place_that_is_not_there_holds_no_passages_and_no_sentences(index, place):
    assert index.search("天然气", sections=[place]) == []
    spans, vectors = index.section_sentences(place)
    assert spans == ()
    assert vectors.shape == (0, 64)


def test_a_section_gives_its_sentences_in_reading_order_with_their_vectors(index, hash_encoder):
    spans, vectors = index.section_sentences(("energy", "s2"))
    text = index.documents["energy"].text
    assert [span.of(text) for span in spans] == [
        "赵敏：巴基斯坦的光伏电站每年减少二氧化碳排放120万吨。",
        "当地2000名工人学会了安装组件的手艺。",
    ]
    own = hash_encoder.encode_passages([span.of(text) for span in spans]) @ vectors.T
    assert own.argmax(axis=0).tolist() == [0, 1]


def test_equal_passages_stand_in_the_order_of_the_articles(hash_encoder):
    copies = [replace(document("energy"), id=f"copy-{number}") for number in range(5)]
    index = PassageIndex.from_documents(copies, hash_encoder)
    passages = index.search("伊拉克天然气33万吨", top_k=5)
    assert len({passage.score for passage in passages}) == 1
    assert [passage.chunk.document_id for passage in passages] == [copy.id for copy in copies]


def test_fewer_passages_than_asked_for_are_all_there_are(index):
    assert len(index.search("铁路", top_k=100)) == index.manifest.passages == 6
    assert index.search("铁路", top_k=0) == []


@pytest.mark.parametrize("text", ["……", "标题", "。", "\ufeff！\u2028？"])
def test_an_article_with_hardly_any_text_can_be_asked(hash_encoder, text):
    index = PassageIndex.from_documents([document("energy", text)], hash_encoder)
    for question in QUESTIONS:
        assert [passage.rank for passage in index.search(question)] == [1]


def test_no_articles_are_refused(hash_encoder):
    with pytest.raises(YinjuError, match="no text to index"):
        PassageIndex.from_documents([], hash_encoder)


def test_two_articles_with_one_id_are_refused_by_name(hash_encoder):
    with pytest.raises(YinjuError, match=r"two articles have the id 'energy': rename energy\.txt"):
        PassageIndex.from_documents([document("energy"), document("energy")], hash_encoder)


def test_overlap_is_the_share_of_a_questions_terms_that_the_articles_have(index):
    assert index.overlap("天然气") == 1
    assert index.overlap("hydrogen") == 0
    assert 0 < index.overlap("天然气 hydrogen") < 1


def test_the_passage_around_a_quote_is_found(index):
    chunk = index.search("伊拉克")[0].chunk
    quote = chunk.span.shift(0)
    assert index.passage_span(chunk.document_id, quote) == chunk.span
    assert index.passage_span("nothing", quote) == quote


def test_other_weights_order_by_what_they_weigh_and_leave_the_index_as_it_is(index):
    question = "每年减少 王芳"
    before = index.search(question)
    silent = FusionWeights(passage=0.0, sentence=0.0, lexical=1.0)
    lexical = [passage.lexical_score for passage in index.with_weights(silent).search(question)]
    assert lexical == sorted(lexical, reverse=True)
    assert index.search(question) == before


def test_a_loaded_index_answers_as_the_saved_one_to_the_last_bit(index, hash_encoder, tmp_path):
    index.save(tmp_path)
    loaded = PassageIndex.load(tmp_path, hash_encoder)
    assert loaded.index_id == index.index_id
    assert loaded.manifest == index.manifest
    assert loaded.documents == index.documents
    for question in (*QUESTIONS, *(item.text for item in documents())):
        assert loaded.search(question) == index.search(question)
        assert loaded.search(question, sections=[("railway", "s1")]) == index.search(
            question, sections=[("railway", "s1")]
        )
    for place in places(index):
        assert loaded.section_sentences(place)[1].tobytes() == index.section_sentences(place)[1].tobytes()


def test_the_bundled_article_answers_alike_before_and_after_saving(article_index, encoder, tmp_path):
    article_index.save(tmp_path)
    loaded = PassageIndex.load(tmp_path, encoder)
    for question in ("绿色发展是什么？", "How many partners?", "中老铁路", "谁谈绿色投融资？", "１５０多家"):
        assert loaded.search(question) == article_index.search(question)


def test_a_loaded_index_can_be_saved_over_its_own_folder(index, hash_encoder, tmp_path):
    index.save(tmp_path)
    loaded = PassageIndex.load(tmp_path, hash_encoder)
    loaded.save(tmp_path)
    again = PassageIndex.load(tmp_path, hash_encoder)
    assert again.search("伊拉克") == loaded.search("伊拉克") == index.search("伊拉克")


def test_a_crash_while_saving_leaves_the_old_index_loading(index, hash_encoder, tmp_path, monkeypatch):
    index.save(tmp_path)
    other = PassageIndex.from_documents([document("railway")], hash_encoder)
    with monkeypatch.context() as patch, pytest.raises(RuntimeError, match="power"):
        patch.setattr("index.vectors.VectorIndex.save", _power_cut)
        other.save(tmp_path)
    assert PassageIndex.load(tmp_path, hash_encoder).search("伊拉克") == index.search("伊拉克")


def _power_cut(*ignored):
    raise RuntimeError("power cut")


def test_every_file_of_an_index_is_missed_by_name_and_a_damaged_byte_is_noticed(index, hash_encoder, tmp_path):
    index.save(tmp_path)
    generation = tmp_path / index.manifest.generation
    assert len(index.manifest.files) >= 6
    for file in index.manifest.files:
        path = generation / file.name
        content = path.read_bytes()
        path.unlink()
        _refused(tmp_path, hash_encoder, f"its file {file.name} is missing")
        flipped = bytearray(content)
        flipped[len(flipped) // 2] ^= 1
        path.write_bytes(flipped)
        _refused(tmp_path, hash_encoder, f"its file {file.name} is damaged")
        path.write_bytes(content)
    assert PassageIndex.load(tmp_path, hash_encoder).index_id == index.index_id


def _refused(folder: Path, encoder: HashEncoder, what: str) -> None:
    with pytest.raises(YinjuError, match=f"{what}: build it again with `python -m index build ARTICLES"):
        PassageIndex.load(folder, encoder)


def test_another_model_is_refused_and_both_are_named(index, tmp_path):
    index.save(tmp_path)
    with pytest.raises(YinjuError, match="built with the model 'hash', not with 'other': name that model with"):
        PassageIndex.load(tmp_path, HashEncoder("other"))


def test_equal_inputs_have_one_id_on_two_builds_wherever_the_articles_lie(index, hash_encoder):
    again = PassageIndex.from_documents(documents(), hash_encoder, articles="/elsewhere")
    assert again.index_id == index.index_id
    assert [again.search(question) for question in QUESTIONS] == [index.search(question) for question in QUESTIONS]


def test_another_article_model_or_setting_gives_another_id(index, hash_encoder):
    changed = (document("energy"), document("railway", "中老铁路全长1036公里。"))
    others = [
        PassageIndex.from_documents(documents()[:1], hash_encoder),
        PassageIndex.from_documents(changed, hash_encoder),
        PassageIndex.from_documents(documents(), HashEncoder("other")),
        PassageIndex.from_documents(documents(), hash_encoder, IndexSettings(chunks=ChunkSettings(size=40))),
        PassageIndex.from_documents(documents(), hash_encoder, IndexSettings(context=False)),
    ]
    assert len({index.index_id, *(other.index_id for other in others)}) == 6


def test_a_heading_helps_to_find_its_passage_and_is_no_part_of_it(hash_encoder):
    first = "线路绕开了它们的家园，在山里凿了隧道，还架了很高的桥。"
    second = "三年来的数字一年比一年大，车站也扩建了两回，还添了新的车。"
    text = f"标题\n\n野生动物\n\n{first}\n\n货物运量\n\n{second}\n"
    scores = []
    for context in (False, True):
        index = PassageIndex.from_documents([document("railway", text)], hash_encoder, IndexSettings(context=context))
        passages = {passage.chunk.section_id: passage for passage in index.search("野生动物")}
        assert "野生动物" not in passages["s1"].chunk.text
        scores.append(passages["s1"].dense_score - passages["s2"].dense_score)
    assert scores[1] > scores[0] + 0.1


def test_encoding_reports_its_progress(hash_encoder):
    seen = []
    PassageIndex.from_documents(documents(), hash_encoder, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1] > 0


def test_a_question_is_encoded_once_however_often_it_is_searched() -> None:
    encoder = HashEncoder()
    index = PassageIndex.from_documents(documents(), encoder)
    before = encoder.calls
    first = index.search("铁路")
    assert index.search("铁路", sections=[("railway", "s1")]) != first
    assert index.search("铁路") == first
    assert encoder.calls == before + 1
