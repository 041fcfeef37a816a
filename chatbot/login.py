"""The door of the window: a page to log in with, and the guard that lets nobody through without a name.

Programs (the API and the MCP server) send name and password with every request (HTTP Basic).
"""

from __future__ import annotations

import base64
import binascii
import secrets
from html import escape
from urllib.parse import quote

import anyio
from itsdangerous import BadSignature, TimestampSigner
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from chatbot.access import Users, trusted
from chatbot.texts import TEXTS

COOKIE = "kamerantwoord"
HOURS = 12
"""How long a login holds."""
OPEN = ("/health",)
"""What is answered without a login."""

STYLE = (
    "body{margin:0;background:#fcfbf8;color:#1d1c1a;font:1rem/1.5 system-ui,sans-serif}"
    "main{max-width:20rem;margin:12vh auto;padding:0 1rem}h1{font:600 1.6rem Georgia,serif}"
    "label{display:block;margin-top:.8rem}input,button{box-sizing:border-box;width:100%;min-height:2.75rem;"
    "padding:0 .7rem;border:1px solid #8a8378;border-radius:.5rem;font:inherit}"
    "button{margin-top:1.2rem;background:#1d4f7c;color:#fff;font-weight:600}.wrong{color:#7a3e00}"
    ":focus-visible{outline:3px solid #1d4f7c;outline-offset:2px}@media(prefers-color-scheme:dark){"
    "body{background:#15171a;color:#ebe8e2}input{background:#1d2024;color:inherit}"
    "button{background:#94c4ec;color:#10202e}.wrong{color:#f3c48c}:focus-visible{outline-color:#94c4ec}}"
)


class ProxyGuard:
    """Lets through what a trusted proxy vouches for: its header names the user."""

    def __init__(self, app: ASGIApp, header: str, proxies: tuple[str, ...]) -> None:
        self.app, self.header, self.proxies = app, header, proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "lifespan" or _path(scope) in OPEN:
            return await self.app(scope, receive, send)
        client = scope.get("client")
        name = Headers(scope=scope).get(self.header, "")
        if not name or not trusted(client[0] if client else None, self.proxies):
            refusal = JSONResponse({"detail": "come in by the proxy that logs you in"}, status_code=403)
            return await refusal(scope, receive, send)
        scope.setdefault("state", {})["user"] = name
        await self.app(scope, receive, send)


class LoginGuard:
    """Lets through who logged in, by a signed cookie or by HTTP Basic; shows others the page to log in with."""

    def __init__(self, app: ASGIApp, users: Users, language: str) -> None:
        self.app, self.users, self.language = app, users, language
        self._signer = TimestampSigner(secrets.token_hex(32))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with the page to log in with."""
        if scope["type"] == "lifespan" or _path(scope) in OPEN:
            return await self.app(scope, receive, send)
        request = Request(scope, receive)
        path = _path(scope)
        if path == "/login" and request.method == "POST":
            return await (await self._log_in(request))(scope, receive, send)
        if path == "/logout":
            response: Response = RedirectResponse(_root(scope) + "/login", status_code=303)
            response.delete_cookie(COOKIE, path=_root(scope) or "/")
            return await response(scope, receive, send)
        name = self._by_cookie(request) or await self._by_basic(request)
        if name is None:
            return await self._refusal(request, path)(scope, receive, send)
        scope.setdefault("state", {})["user"] = name
        await self.app(scope, receive, send)

    def _by_cookie(self, request: Request) -> str | None:
        try:
            signed = self._signer.unsign(request.cookies.get(COOKIE, ""), max_age=HOURS * 3600)
            name = base64.urlsafe_b64decode(signed).decode()
        except (BadSignature, binascii.Error, UnicodeDecodeError):
            return None
        return name if self.users.knows(name) else None

    async def _by_basic(self, request: Request) -> str | None:
        scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            name, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        return name if await anyio.to_thread.run_sync(self.users.admits, name, password) else None

    async def _log_in(self, request: Request) -> Response:
        form = await request.form(max_files=0, max_fields=4)
        name, password = str(form.get("name", "")), str(form.get("password", ""))
        if not await anyio.to_thread.run_sync(self.users.admits, name, password):
            return self._page(request, wrong=True)
        query = request.url.query
        response = RedirectResponse(f"{_root(request.scope)}/{'?' + query if query else ''}", status_code=303)
        signed = self._signer.sign(base64.urlsafe_b64encode(name.encode())).decode()
        response.set_cookie(
            COOKIE, signed, max_age=HOURS * 3600, path=_root(request.scope) or "/", httponly=True, samesite="strict",
            secure="https" in (request.url.scheme, request.headers.get("x-forwarded-proto")),
        )  # fmt: skip
        return response

    def _refusal(self, request: Request, path: str) -> Response:
        wants_page = "text/html" in request.headers.get("accept", "") and request.method == "GET"
        if path == "/login":
            return self._page(request)
        if wants_page:
            query = request.url.query
            return RedirectResponse(f"{_root(request.scope)}/login{'?' + query if query else ''}", status_code=303)
        challenge = {"WWW-Authenticate": 'Basic realm="Kamerantwoord", charset="UTF-8"'}
        return JSONResponse({"detail": "log in first"}, status_code=401, headers=challenge)

    def _page(self, request: Request, *, wrong: bool = False) -> HTMLResponse:
        texts = TEXTS[self.language]
        query = request.url.query
        action = escape(f"{_root(request.scope)}/login{'?' + query if query else ''}")
        error = f'<p class="wrong" role="alert">{escape(texts.login_wrong)}</p>' if wrong else ""
        page = (
            f'<!doctype html><html lang="{quote(self.language)}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(texts.title)}</title>'
            f"<style>{STYLE}</style></head><body><main><h1>{escape(texts.title)}</h1><p>{escape(texts.login)}</p>{error}"
            f'<form method="post" action="{action}"><label for="name">{escape(texts.login_name)}</label>'
            '<input id="name" name="name" autocomplete="username" required autofocus>'
            f'<label for="password">{escape(texts.login_password)}</label>'
            '<input id="password" name="password" type="password" autocomplete="current-password" required>'
            f"<button>{escape(texts.log_in)}</button></form></main></body></html>"
        )
        return HTMLResponse(page, status_code=401 if wrong else 200, headers={"Cache-Control": "no-store"})


def _root(scope: Scope) -> str:
    return str(scope.get("root_path", "")).rstrip("/")


def _path(scope: Scope) -> str:
    """The path below the root path."""
    path, root = str(scope["path"]), _root(scope)
    return (path[len(root) :] if root and path.startswith(root) else path).rstrip("/") or "/"
