"""An ordinary command line, read without Typer, whose import takes longer than most verbs do; the rest is left to it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from cli.apps import Group, Handler, Parameter, everywhere, parameters


class NotOrdinary(Exception):
    """A command line that Typer reads: help, abbreviations, mistakes."""


def read(app: Handler | Group, words: list[str]) -> tuple[Handler, dict[str, Any], dict[str, Any]]:
    """The handler that is called, its arguments, and those options that work everywhere."""
    if isinstance(app, Group):
        if not words or words[0] not in app.handlers:
            raise NotOrdinary
        app, words = app.handlers[words[0]], words[1:]
    known = list(parameters(app))
    common = list(parameters(everywhere))
    options = {flag: (one, value) for one in (*common, *known) for flag, value in _flags(one)}
    given: dict[int, list[Any]] = {}
    rest = iter(words)
    loose: list[str] = []
    for word in rest:
        if word == "--":
            loose += rest
        elif word[:1] != "-" or word == "-":
            loose.append(word)
        else:
            one, value = _option(word, options, rest)
            given.setdefault(id(one), []).append(value)
    places = [one for one in known if one.declared.kind == "Argument"]
    given |= {id(one): [_value(one, word) for word in words] for one, words in _placed(places, loose)}
    return app, dict(_filled(known, given)), dict(_filled(common, given))


def _flags(one: Parameter) -> Iterator[tuple[str, Any]]:
    """The names of an option, each with the value it stands for, None where one follows."""
    if one.declared.kind == "Argument":
        return
    plain = one.name.replace("_", "-")
    for flag in one.declared.flags or ((f"--{plain}/--no-{plain}",) if one.kind is bool else (f"--{plain}",)):
        on, _, off = flag.partition("/")
        yield on, True if one.kind is bool else None
        if off:
            yield off, False


def _option(word: str, options: dict[str, tuple[Parameter, Any]], rest: Iterator[str]) -> tuple[Parameter, Any]:
    name, given, text = word.partition("=") if word.startswith("--") else (word, "", "")
    one, value = options.get(name, (None, None))
    if one is None or (given and value is not None):
        raise NotOrdinary
    if value is None:
        text = text if given else next(rest, "")
        if text.startswith("-") and text != "-" and not given:
            raise NotOrdinary
        value = _value(one, text)
    return one, value


def _value(one: Parameter, text: str) -> Any:
    """What a word means; only what nobody reads otherwise."""
    if not text:
        raise NotOrdinary
    if one.kind is str:
        return text
    if one.kind is int and text.isascii() and text.isdecimal() and len(text) < 10:
        number, more = int(text), one.declared.more
        if (more.get("min") or 0) <= number <= (number if (most := more.get("max")) is None else most):
            return number
    elif isinstance(one.kind, type) and issubclass(one.kind, StrEnum) and text in list(one.kind):
        return one.kind(text)
    raise NotOrdinary


def _placed(places: list[Parameter], loose: list[str]) -> Iterator[tuple[Parameter, list[str]]]:
    """The words without a flag, by the argument they are for: those that take one word each, from both ends."""
    many = next((at for at, one in enumerate(places) if one.many), len(places))
    after = len(places[many + 1 :])
    if (many == len(places) and len(loose) > many) or (after and len(loose) < many + after):
        raise NotOrdinary
    yield from ((one, [word]) for one, word in zip(places[:many], loose[:many], strict=False))
    if many < len(places) and (middle := loose[many : len(loose) - after]):
        yield places[many], middle
    yield from ((one, [word]) for one, word in zip(places[many + 1 :], loose[len(loose) - after :], strict=False))


def _filled(known: list[Parameter], given: dict[int, list[Any]]) -> Iterator[tuple[str, Any]]:
    for one in known:
        if id(one) in given:
            yield one.name, given[id(one)] if one.many else given[id(one)][-1]
        elif one.default is ...:
            raise NotOrdinary
        else:
            yield one.name, one.default
