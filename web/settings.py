"""What the operator decides about serving: who may embed and call, how much, and what is written down."""

from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WebSettings:
    """How the application serves.

    `allow_origins` are the sites that may frame the pages and call the interface from a browser, as `https://host`.
    `allow_hosts` are the names by which the server may be addressed beside those of its own machine, none for any name.
    An empty token asks for none. `rate_limit` is in questions a minute from one client, 0 for no limit; None limits
    those who come over the network to DEFAULT_RATE_LIMIT and the machine's own programs not at all. `timeout` is in
    seconds. `feedback` is the file that likes and dislikes are added to, None to offer none. `runs` is the folder of
    the operator's runs, None to offer none.
    """

    allow_origins: tuple[str, ...] = ()
    allow_hosts: tuple[str, ...] = ()
    api_token: str = ""
    admin_token: str = ""
    rate_limit: int | None = None
    timeout: float = 30.0
    feedback: Path | None = None
    access_log: bool = False
    log_questions: bool = False
    mcp: bool = False
    runs: Path | None = None

    @classmethod
    def from_options(cls, options: Namespace) -> "WebSettings":
        """The settings that `web.options.parse_options` found."""
        return cls(
            allow_origins=tuple(dict.fromkeys(options.allow_origin)),
            allow_hosts=tuple(dict.fromkeys(options.allow_host)),
            api_token=options.api_token,
            admin_token=options.admin_token,
            rate_limit=options.rate_limit,
            timeout=options.timeout,
            feedback=options.feedback,
            access_log=options.access_log,
            log_questions=options.log_questions,
            mcp=options.mcp,
            runs=options.runs,
        )


# A person who reads the answers asks a few a minute; an office behind one address, some dozens.
DEFAULT_RATE_LIMIT = 120
