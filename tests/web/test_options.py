"""Options come from the command line, from variables and from a file, and a bad one is named with where it stands."""

from pathlib import Path

import pytest

from web.options import READERS, parse_options


def test_the_command_line_goes_before_variables_and_those_before_the_file(tmp_path: Path) -> None:
    config = tmp_path / "yinju.toml"
    config.write_text(
        'port = 1\nhost = "file"\nreader = "span"\nallow-origin = ["https://a.example"]\n', encoding="utf-8"
    )
    environment = {"YINJU_HOST": "variable", "YINJU_PORT": "2", "YINJU_MCP": "yes", "YINJU_CONFIG": str(config)}
    options = parse_options(["--port", "3"], environment, "1")
    assert (options.port, options.host, options.reader) == (3, "variable", "span")
    assert options.allow_origin == ["https://a.example"]
    assert options.mcp is True
    assert options.timeout == 30


def test_several_sites_fit_into_one_variable() -> None:
    options = parse_options([], {"YINJU_ALLOW_ORIGIN": "https://A.example:8443, http://b.example/"}, "1")
    assert options.allow_origin == ["https://a.example:8443", "http://b.example"]


def test_names_of_the_server_are_compared_in_lower_case() -> None:
    options = parse_options(["--allow-host", "Portal.example", "--allow-host", "[fe80::1]"], {}, "1")
    assert options.allow_host == ["portal.example", "[fe80::1]"]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("prot = 1", "there is no option 'prot'"),
        ("port = 70000", "70000"),
        ("port = [1, 2]", "port cannot be"),
        ("mcp = 1", "mcp must be true or false"),
        ('allow-origin = ["portal.example"]', "https://portal.example"),
        ("port", "not TOML"),
    ],
)
def test_a_bad_line_of_the_file_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, complaint: str
) -> None:
    config = tmp_path / "yinju.toml"
    config.write_text(line, encoding="utf-8")
    with pytest.raises(SystemExit) as exit_:
        parse_options(["--config", str(config)], {}, "1")
    assert exit_.value.code == 2
    error = capsys.readouterr().err
    assert str(config) in error
    assert complaint in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("YINJU_PORT", "many"),
        ("YINJU_MCP", "maybe"),
        ("YINJU_ALLOW_ORIGIN", "https://x.example/path"),
        ("YINJU_ALLOW_ORIGIN", "https://x.example;script-src *"),
        ("YINJU_ALLOW_ORIGIN", "*"),
        ("YINJU_ALLOW_HOST", "https://portal.example"),
        ("YINJU_ALLOW_HOST", "portal.example:443"),
        ("YINJU_TIMEOUT", "nan"),
        ("YINJU_RATE_LIMIT", "-1"),
        ("YINJU_ROOT_PATH", "portal"),
    ],
)
def test_a_bad_variable_is_named(capsys: pytest.CaptureFixture[str], name: str, value: str) -> None:
    with pytest.raises(SystemExit):
        parse_options([], {name: value}, "1")
    assert capsys.readouterr().err.startswith(f"yinju: {name}: ")


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse_options(["--config", str(tmp_path / "none.toml")], {}, "1")
    assert "none.toml: cannot be read" in capsys.readouterr().err


def test_the_readers_are_those_that_there_are() -> None:
    """They are written down twice: the options import nothing that takes time."""
    from answer import readers  # noqa: PLC0415

    assert set(READERS) == set(readers.READERS)
