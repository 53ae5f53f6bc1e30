"""What can go wrong with a request, as the one shape in which every program is told of it."""

from starlette.responses import JSONResponse

from answer.question import QuestionError


class Problem(Exception):
    """A request that is not answered: HTTP `status`, a `code` for programs, a `message` for people.

    `chinese` is the message in Chinese where a page shows it to people as it is.
    """

    def __init__(
        self, status: int, code: str, message: str, headers: dict[str, str] | None = None, chinese: str = ""
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers
        self.chinese = chinese

    @classmethod
    def from_question_error(cls, error: QuestionError) -> "Problem":
        """400 with the reason why the question cannot be asked."""
        return cls(400, error.code, str(error))

    def to_json(self) -> dict[str, dict[str, str]]:
        """`{"error": {"code", "message"}}`, with `message_zh` where there is one."""
        error = {"code": self.code, "message": self.message}
        return {"error": error | {"message_zh": self.chinese} if self.chinese else error}

    def to_response(self) -> JSONResponse:
        """The problem with its status."""
        return JSONResponse(self.to_json(), self.status, self.headers)


def no_such_article() -> Problem:
    """404: an id that no article has."""
    return Problem(404, "no_such_article", "there is no such article: GET /api/articles lists them")


def too_many_questions(seconds: int) -> Problem:
    """429: the client has to wait so many seconds."""
    return Problem(
        429,
        "too_many_questions",
        f"too many questions from this address: ask again in {seconds} seconds",
        {"Retry-After": str(seconds)},
    )


def unavailable(code: str, message: str) -> Problem:
    """503, to be tried again in a second."""
    return Problem(503, code, message, {"Retry-After": "1"})
