"""Lines a person reads: pages, not their twenty static files, not the health probe."""

from gunicorn.glogging import Logger

QUIET = ("/static/", "/healthz")


class PagesOnly(Logger):
    def access(self, resp: object, req: object, environ: dict[str, str], request_time: object) -> None:
        if not environ.get("PATH_INFO", "").startswith(QUIET):
            super().access(resp, req, environ, request_time)
