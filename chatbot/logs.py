"""Logs as one JSON document a line, for a newsroom's log system. Questions stand in them only when asked for."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from time import perf_counter
from typing import TextIO

from starlette.types import ASGIApp, Message, Receive, Scope, Send

requests = logging.getLogger("kamerantwoord.requests")
answers = logging.getLogger("kamerantwoord.answers")
OWN = "fields"
"""The attribute of a log record that holds its own fields."""


class JsonLines(logging.Formatter):
    """Time (UTC), level, logger and message, then what the record itself carries; a traceback as one text."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {
            "time": moment,
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= getattr(record, OWN, {})
        if record.exc_info and record.exc_info[0] is not None:
            # Only the kind of error and where it arose: its text may quote what somebody asked.
            line["error"] = record.exc_info[0].__name__
            trace = record.exc_info[2]
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            if trace is not None:
                line["where"] = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        return json.dumps(line, ensure_ascii=False, default=str)


def to(stream: TextIO) -> None:
    """Send all logs, those of the web server too, as lines of JSON to `stream`."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for logger in (requests, answers):
        logger.setLevel(logging.INFO)
    logging.getLogger("uvicorn.error").setLevel(logging.INFO)


def said(logger: logging.Logger, message: str, **fields: object) -> None:
    """Log a message with fields of its own."""
    logger.info(message, extra={OWN: fields})


class RequestLog:
    """Logs each request: method, path without its query, status, milliseconds and user."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and log how it ended."""
        if scope["type"] != "http" or not requests.isEnabledFor(logging.INFO):
            return await self.app(scope, receive, send)
        begun, status = perf_counter(), 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            milliseconds = round((perf_counter() - begun) * 1000, 1)
            fields = {"method": scope["method"], "path": scope["path"], "status": status, "milliseconds": milliseconds}
            user = scope.get("state", {}).get("user")
            said(requests, "request", **fields, **({"user": user} if user else {}))
