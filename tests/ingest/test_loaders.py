"""Article files are read in any usual encoding, and what cannot be read is refused in one sentence."""

import hashlib
from pathlib import Path
from time import perf_counter

import pytest
from articles import roundtable
from newspaper import Press

from ingest.errors import YinjuError
from ingest.loaders import MAX_BYTES, load_document, load_documents

SIMPLIFIED = "绿色发展\n\n绿色是高质量共建“一带一路”的鲜明底色。多年来，我国与共建国家携手推动绿色低碳可持续发展。\n"
TRADITIONAL = "綠色發展\n\n綠色是高質量共建「一帶一路」的鮮明底色。多年來，我國與共建國家攜手推動綠色低碳可持續發展。\n"


def write(folder: Path, data: bytes, name: str = "article.txt") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(YinjuError) as caught:
        load_document(path)
    message = str(caught.value)
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((SIMPLIFIED, name) for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk")),
        *((TRADITIONAL, name) for name in ("utf-8", "utf-16-le", "big5", "gb18030")),
        ("绿色发展。", "gb18030"),
        ("綠色發展。", "big5"),
        ("Plain English text.\n\nWith two paragraphs.\n", "utf-16-le"),
    ],
)
def test_usual_encodings_are_recognised(tmp_path: Path, text: str, encoding: str) -> None:
    document = load_document(write(tmp_path, text.encode(encoding)))
    assert "".join(document.text.split()) == "".join(text.split())


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf_16_with_a_byte_order_mark_is_read(tmp_path: Path, mark: bytes) -> None:
    body = SIMPLIFIED.encode("utf-16-le" if mark == b"\xff\xfe" else "utf-16-be")
    assert load_document(write(tmp_path, mark + body)).title == "绿色发展"


def test_a_roundtable_in_gb18030_is_read_as_in_utf_8(tmp_path: Path) -> None:
    text = Press(order=(2, 0, 1)).print(roundtable(3, 1))
    chinese = load_document(write(tmp_path, text.encode("gb18030"), "a.txt"))
    assert chinese.sections == load_document(write(tmp_path, text.encode(), "b.txt")).sections


def test_source_and_digest_name_the_file(tmp_path: Path) -> None:
    data = SIMPLIFIED.encode()
    document = load_document(write(tmp_path, data, "Green Road 绿色.txt"))
    assert (document.id, document.source) == ("green-road-绿色", "Green Road 绿色.txt")
    assert document.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n", "is empty"),
        ("\ufeff \u3000".encode(), "is empty"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x03\x00", "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "binary"),
        (b"a\x01\x02\x03\x04\x05\x06\x07b" * 50, "binary"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    message = refusal(write(tmp_path, data))
    assert said in message
    assert "article.txt" in message


def test_a_missing_file_a_folder_and_another_format_are_refused(tmp_path: Path) -> None:
    assert "There is no file" in refusal(tmp_path / "none.txt")
    assert "is a folder" in refusal(tmp_path)
    assert ".md or .txt" in refusal(write(tmp_path, b"x", "article.xls"))


def test_a_file_too_large_for_an_article_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(5 * MAX_BYTES)
    start = perf_counter()
    assert "too large" in refusal(path)
    assert perf_counter() - start < 1


def test_a_long_single_line_is_read_in_seconds(tmp_path: Path) -> None:
    path = write(tmp_path, ("绿色发展理念，" * 7 + "绿 色。").encode() * 12_000)
    start = perf_counter()
    load_document(path)
    assert perf_counter() - start < 30


def test_a_folder_is_read_by_name_without_notes_and_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.txt", "README.md", "readme_zh.txt", ".hidden.txt", ".git/x.txt", "notes.pdf"):
        write(tmp_path, SIMPLIFIED.encode(), name)
    assert [document.id for document in load_documents(tmp_path)] == ["a", "b", "sub-c"]
    assert [document.id for document in load_documents(tmp_path / "b.txt")] == ["b"]


def test_ids_that_collide_are_numbered_in_the_order_of_the_names(tmp_path: Path) -> None:
    for name in ("a b.txt", "a-b.txt", "a_b.md"):
        write(tmp_path, SIMPLIFIED.encode(), name)
    assert [(document.id, document.source) for document in load_documents(tmp_path)] == [
        ("a-b", "a b.txt"),
        ("a-b-2", "a-b.txt"),
        ("a-b-3", "a_b.md"),
    ]


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    write(tmp_path, b"x", "README.md")
    with pytest.raises(YinjuError, match="holds no article"):
        load_documents(tmp_path)
