"""Components by name, and handlers tied to them.

A handler takes values and returns an `Update`: new values by the names of components. Names keep handlers free of
the toolkit's objects, so that they can be tested as plain functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from inspect import isgeneratorfunction
from typing import Any

import gradio as gr

Update = dict[str, Any]
"""New values by name of component; what it does not name stays as it is."""

CLICKS = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-turn], button[data-go], button[data-remove],'
    + ' button[data-clue], button[data-language], button[data-example], button[data-act]');
  if (button && !button.disabled) trigger('click', {...button.dataset});
});
"""
"""Hands the data attributes of a clicked button to the server."""


class Wiring:
    """The components of a window by name."""

    def __init__(self) -> None:
        self._components: dict[str, Any] = {}

    def add(self, **components: Any) -> None:
        """Give components their names."""
        self._components.update(components)

    def __getitem__(self, name: str) -> Any:
        """The component of a name."""
        return self._components[name]

    def on(
        self,
        event: Callable[..., Any],
        handler: Callable[..., Update | Iterator[Update]],
        inputs: Sequence[str],
        outputs: Sequence[str],
        queue: bool = False,
        **options: Any,
    ) -> Any:
        """Run `handler` on `event` with the values of the components named `inputs`; it may change `outputs`."""
        return event(
            self._by_component(handler),
            [self[name] for name in inputs],
            [self[name] for name in outputs],
            show_progress="hidden",
            api_name=f"window_{handler.__name__}",
            api_visibility="private",
            queue=queue,
            **options,
        )

    def _by_component(self, handler: Callable[..., Any]) -> Callable[..., Any]:
        """`handler` with the components themselves in place of their names in what it returns."""

        def named(update: Update) -> dict[Any, Any]:
            return {self[name]: value for name, value in update.items()}

        @wraps(handler)
        def once(*values: Any) -> dict[Any, Any]:
            return named(handler(*values))

        @wraps(handler)
        def stream(*values: Any) -> Iterator[dict[Any, Any]]:
            for update in handler(*values):
                yield named(update)

        return stream if isgeneratorfunction(handler) else once


def html(name: str, value: str = "") -> gr.HTML:
    """A piece of the window whose buttons report their data attributes when clicked."""
    return gr.HTML(value, elem_id=name, js_on_load=CLICKS, apply_default_css=False)


def clicked(event: gr.EventData, name: str) -> str:
    """The data attribute `name` of the clicked button; "" where it has none."""
    value = (event._data or {}).get(name)
    return value if isinstance(value, str) else ""


def clicked_number(event: gr.EventData, name: str) -> int | None:
    """A number from 0 that a click carries; None where it carries none."""
    value = clicked(event, name)
    return int(value) if value.isascii() and value.isdigit() else None
