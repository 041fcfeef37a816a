"""The web server around the window: it answers to this machine's own address and lets no page fetch from elsewhere."""

from __future__ import annotations

import errno
import logging
import socket
import threading
from collections.abc import Callable, Sequence
from functools import partial
from importlib.resources import files
from typing import Any

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chatbot.access import Users
from chatbot.errors import AddressInUse
from chatbot.login import LoginGuard, ProxyGuard
from chatbot.logs import RequestLog
from chatbot.settings import Settings, is_local
from corpus.readers import SIZE_LIMIT

logger = logging.getLogger(__name__)

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""The browser itself refuses every request to another address, and tells no other site where a link was followed."""

ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' "
    "rx='7' fill='%231d4f7c'/%3E%3Cpath d='M8 21c3-1 4-3 4-5H8v-6h7v6c0 4-2 7-6 8zm9 0c3-1 4-3 4-5h-4v-6h7v6c0 4-2 7-6 "
    "8z' fill='white'/%3E%3C/svg%3E"
)
SECONDS_TO_FINISH = 3
"""How long running answers may go on when the server is asked to stop."""


Health = Callable[[], dict[str, Any]]
"""What is said of the state of the program; raises when it is unwell."""


def application(blocks: gr.Blocks, settings: Settings | None = None, health: Health | None = None) -> FastAPI:
    """The window as a web application, with its style and script in the page, behind the door that `settings` ask for.

    Raises:
        SettingsError: the users file cannot be used.
    """
    settings = settings or Settings()
    style = files("chatbot").joinpath("window.css").read_text(encoding="utf-8")
    script = files("chatbot").joinpath("window.js").read_text(encoding="utf-8")
    app = FastAPI(title="Kamerantwoord", docs_url=None, redoc_url=None, openapi_url=None)
    _guard(app, settings)
    app.add_middleware(Protection)
    app.add_middleware(RequestLog)
    app.add_api_route("/health", partial(_healthy, health or dict), methods=["GET"], response_model=None)
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        theme=theme(),
        head=f'<link rel="icon" href="{ICON}"><style>{style}</style><script>{script}</script>',
        footer_links=[],
        run_history=False,
        show_error=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=True,
        root_path=settings.root_path or None,
        max_file_size=SIZE_LIMIT,
    )
    return app


def _guard(app: FastAPI, settings: Settings) -> None:
    if settings.users is not None:
        app.add_middleware(LoginGuard, users=Users(settings.users), language=settings.language)
    elif settings.user_header is not None:
        app.add_middleware(ProxyGuard, header=settings.user_header, proxies=settings.proxies)


def _healthy(health: Health) -> JSONResponse:
    """Whether the program can answer; what is in the index is nobody's secret, what is asked is not told."""
    try:
        return JSONResponse({"status": "ok", **health()}, headers={"Cache-Control": "no-store"})
    except Exception as error:
        logger.exception("the health address found the index unusable")
        return JSONResponse({"status": "unusable", "error": type(error).__name__}, status_code=503)


class Protection:
    """Puts `HEADERS` on every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and put the headers on what comes back."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, guarded)


def theme() -> gr.themes.Base:
    """A theme that uses the fonts of the reader's own system."""
    return gr.themes.Base(
        font=["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"],
        font_mono=["ui-monospace", "Consolas", "monospace"],
    )


class _Server(uvicorn.Server):
    """A server that ends the open connection of every window first: it would otherwise wait for them in vain."""

    def __init__(self, config: uvicorn.Config, routes: Sequence[BaseRoute]) -> None:
        super().__init__(config)
        self._routes = routes

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for route in self._routes:
            if isinstance(route, Mount) and isinstance(route.app, gr.routes.App):
                route.app.stop_event.set()
        await super().shutdown(sockets)


class WindowServer:
    """A web server for `app` on `host` and `port` (0 takes a free one). It listens from its making on.

    `names`: further names under which browsers may reach it, those that a proxy in front of it has. `root_path`:
    what such a proxy takes off the front of every path.

    Raises:
        AddressInUse: the address cannot be listened on; the message says why.
    """

    def __init__(self, app: FastAPI, host: str, port: int, names: Sequence[str] = (), root_path: str = "") -> None:
        self._socket = listen(host, port)
        self.port: int = self._socket.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        self.address = f"http://{'localhost' if host in EVERYWHERE else shown}:{self.port}"
        # Other names for this machine are refused (DNS rebinding).
        if is_local(host) and ":" not in host:
            app.add_middleware(TrustedHostMiddleware, allowed_hosts=["localhost", host, *names])
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, timeout_graceful_shutdown=SECONDS_TO_FINISH,
            server_header=False, root_path=root_path, proxy_headers=False,
        )  # fmt: skip
        self._server = _Server(config, app.routes)

    def run(self) -> None:
        """Serve until interrupted (Ctrl-C or SIGTERM), then stop in good order."""
        try:
            self._server.run(sockets=[self._socket])
        except KeyboardInterrupt:
            return
        finally:
            self._socket.close()

    def start(self) -> threading.Thread:
        """Serve in a thread, until `stop`."""
        thread = threading.Thread(target=self.run, daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """Ask the server to stop."""
        self._server.should_exit = True


EVERYWHERE = ("0.0.0.0", "::")


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on `host` and `port`.

    Raises:
        AddressInUse: something else does, or the address is not this machine's.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen()
        except OSError:
            listener.close()
            raise
    except OSError as error:
        raise AddressInUse(_reason(error, host, port)) from error
    return listener


def _reason(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} on {host} is in use; name another one with --port, or stop the program that uses it"
    if error.errno == errno.EACCES:
        return f"port {port} on {host} is not allowed; name one above 1023 with --port"
    return f"cannot listen on {host}:{port} ({error.strerror or error}); name an address of this machine with --host"
