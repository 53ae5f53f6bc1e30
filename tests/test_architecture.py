"""Imports point one way, packages only re-export, and neither pickle nor network comes in by an import."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
MAY_IMPORT = {
    "ingest": set(),
    "index": {"ingest"},
    "answer": {"ingest", "index"},
    "eval": {"ingest", "index", "answer"},
    "train": {"ingest", "index", "answer", "eval"},
    "web": {"ingest", "index", "answer", "eval"},
    "app": {"ingest", "index", "answer", "web"},
}
OFFLINE = ("ingest", "index", "answer")
NETWORK = (
    "aiohttp ftplib grpc http httpx huggingface_hub imaplib poplib requests smtplib socket socketserver ssl telnetlib "
    "urllib urllib3 websocket websockets xmlrpc"
).split()
# It fetches a model from the hub if, and only if, a user names one that is not on the machine.
MODELS_BY_NAME = ("index/model_folder.py", "huggingface_hub")
PICKLE = "_pickle cloudpickle dill joblib marshal pickle pickle5 shelve".split()


def modules_of(part: str) -> list[Path]:
    folder = PROJECT / part
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


ALL_MODULES = [path for part in MAY_IMPORT for path in modules_of(part)]
PACKAGE_FILES = [path for path in ALL_MODULES if path.name == "__init__.py"]


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported_by(path: Path) -> Iterator[str]:
    """The first names of all modules that are imported anywhere in the file."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}, line {node.lineno}: a relative import"
            yield (node.module or "").split(".")[0]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("__import__", "importlib.import_module"):
            pytest.fail(f"{name_of(path)}, line {node.lineno}: an import that cannot be followed")


def test_every_part_of_the_project_is_there() -> None:
    """Else the other tests would look at nothing."""
    assert all(path.is_file() for part in MAY_IMPORT for path in modules_of(part) or [PROJECT / part])
    assert len(ALL_MODULES) > 40


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_imports_point_one_way(part: str) -> None:
    """ingest, then index, then answer, then what shows or measures answers."""
    others = set(MAY_IMPORT) - MAY_IMPORT[part] - {part} | {"tests"}
    wrong = [(name_of(path), name) for path in modules_of(part) for name in imported_by(path) if name in others]
    assert wrong == []


@pytest.mark.parametrize("path", PACKAGE_FILES, ids=name_of)
def test_packages_re_export_and_do_nothing_else(path: Path) -> None:
    """A docstring, imports from the package itself, and a sorted `__all__` of just those names."""
    names: list[str] = []
    exported: list[str] = []
    for node in tree_of(path).body:
        if isinstance(node, ast.ImportFrom):
            assert (node.module or "").split(".")[0] == path.parent.name
            names += [alias.asname or alias.name for alias in node.names]
        elif isinstance(node, ast.Assign):
            assert [ast.unparse(target) for target in node.targets] == ["__all__"]
            exported = ast.literal_eval(node.value)
        else:
            assert isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    assert exported == sorted(names)


@pytest.mark.parametrize("part", OFFLINE)
def test_reading_indexing_and_answering_import_no_network_library(part: str) -> None:
    found = {(name_of(path), name) for path in modules_of(part) for name in imported_by(path) if name in NETWORK}
    assert found - {MODELS_BY_NAME} == set()


def test_nothing_reads_or_writes_pickles() -> None:
    """Neither by the modules that do, nor by the options of numpy and torch that allow it."""
    wrong = []
    for path in ALL_MODULES:
        wrong += [(name_of(path), name) for name in imported_by(path) if name in PICKLE]
        for call in (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)):
            options = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
            loads_torch = ast.unparse(call.func) in ("torch.load", "torch.save")
            if options.get("allow_pickle", "False") != "False" or loads_torch:
                wrong.append((name_of(path), f"line {call.lineno}"))
    assert wrong == []
