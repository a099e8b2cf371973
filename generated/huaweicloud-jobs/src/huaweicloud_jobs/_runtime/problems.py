"""Where a value that was read departs from what is documented.

What a response got wrong is found when somebody asks, not when it is decoded, so that reading costs nothing more for
it. Two sources are joined: faults that were met while repairing (a model, list or mapping carries those below it), and
what the types take although the document does not: null for a member that is not nullable, a value that an
enumeration does not list, a member that a closed object does not name, a number that is too large to be one.
"""

from __future__ import annotations

from math import isfinite

from .forms import form_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from dataclasses import dataclass
    from typing import Any, TypeAlias

    from .models import Model
    from .pointers import Json

    Held: TypeAlias = Model | dict[str, Any] | list[Any] | tuple[Any, ...] | None
else:
    from .values import dataclass

_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Problem:
    """One departure from what is documented.

    Args:
        pointer: Where, as a JSON pointer that goes on through JSON text; for a missing member, where it should be.
        message: What was expected and what was found.
        value: The JSON value that was found; `None` for null and for a missing member.
    """

    pointer: str
    message: str
    value: Any = None

    def worded(self, message: str) -> Problem:
        """The same in other words."""
        return Problem(self.pointer, message, self.value)

    def __str__(self) -> str:
        return f"{self.pointer or '(whole body)'}: {self.message}"

    def __repr__(self) -> str:
        # The message shows the value where it may be shown.
        return f"Problem({self.pointer!r}, {self.message!r})"


def problems_of(value: object) -> tuple[Problem, ...]:
    """Where a result departs from what is documented: any result, a list or mapping of models too.

    It describes the value as it is now: a field that was given a fitting value is no problem any more.
    """
    return tuple(_survey(value, "", False))


def faults_of(value: object) -> tuple[Problem, ...]:
    """Where a value that is to be sent departs from what is documented.

    What is sent is held to the limits of its members too. Null is let through where the types take it: it was given.
    """
    return tuple(_survey(value, "", True))


def step_to(token: str | int) -> str:
    """One step of a JSON pointer."""
    return "/" + str(token).replace("~", "~0").replace("/", "~1")


def found(value: object) -> str:
    """The words for what was found."""
    import json

    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except RecursionError:
        return f"found a {type(value).__name__} that is nested too deep"
    return f"found {text if len(text) <= _SHOWN else text[:_SHOWN] + '...'}"


def holds_faults(value: Any) -> bool:
    """Whether anything below was repaired."""
    if form_of(value, "faults") is not None:
        return True
    return any(holds_faults(child) for _, child in _children(value))


def _survey(value: Any, place: str, sent: bool) -> Iterator[Problem]:
    from .models import ExtensibleEnum, Model, OpenEnum, OpenIntEnum, wire_form

    if isinstance(value, OpenEnum | OpenIntEnum):
        if not value.is_known and not isinstance(value, ExtensibleEnum):
            listed = ", ".join(str(one.value) for one in type(value))
            yield Problem(_inside(value, place), f"Should be one of {listed}; {found(value.value)}", value.value)
        return
    if isinstance(value, float):
        if not isfinite(value):
            yield Problem(place, f"Should be a number that JSON has; {found(value)}", value)
        return
    place = _inside(value, place)
    faults: tuple[Problem, ...] = form_of(value, "faults") or ()
    for one in faults:
        yield Problem(place + one.pointer, one.message, one.value)
    hidden: frozenset[str] = frozenset()
    if isinstance(value, Model):
        known = {one.pointer for one in faults}
        for pointer, message, member in (*_tolerated(value, sent), *(_beyond_limits(value) if sent else ())):
            if pointer not in known:
                yield Problem(place + pointer, message, member)
        form = wire_form(type(value))
        hidden = frozenset(form(name) for name in form.sensitive)
    told = {one.pointer for one in faults}
    for token, child in _children(value):
        if isinstance(child, float) and step_to(token) in told:
            continue
        inner = _survey(child, place + step_to(token), sent)
        if token in hidden:
            from .sensitive import masked

            inner = map(masked, inner)
        yield from inner
    for token, extra in (value.model_extra or {}).items() if isinstance(value, Model) else ():
        if _may_hold(extra):
            yield from _survey(extra, place + step_to(token), sent)


def _inside(value: object, place: str) -> str:
    """The place of a value within the object that stands for it."""
    standing = form_of(value, "object")
    return place if standing is None else place + step_to(standing[0])


def _beyond_limits(model: Model) -> Iterator[tuple[str, str, Any]]:
    """Members that the document does not allow, whatever their type says."""
    from .limits import faults
    from .models import wire_form

    form = wire_form(type(model))
    for name, limits in form.limits.items():
        value = vars(model).get(name)
        if value is not None and name in model.model_fields_set:
            for place, message in faults("", limits, value, step_to(form(name)), name in form.sensitive):
                yield place, message, value


def _tolerated(model: Model, sent: bool) -> Iterator[tuple[str, str, Any]]:
    """Members that the types let pass: null where the document allows none, names that a closed object has not."""
    from .models import wire_form
    from .repair import fields_of, words_for_null

    config = wire_form(type(model))
    held = vars(model)
    for field in () if sent else fields_of(type(model)):
        if held.get(field.name, 0) is not None or field.required or field.name in config.nullable:
            continue
        if field.optional and field.name in model.model_fields_set:
            yield step_to(field.wire), words_for_null(field.kind), None
    if config.closed:
        for name, extra in (model.model_extra or {}).items():
            yield step_to(name), f"No such member is documented; {found(extra)}", extra


def _children(value: Held) -> Iterable[tuple[str | int, Any]]:
    """Tokens of the wire and values of all that may hold models, enumerations or faults, or be one."""
    from .models import Model, wire_form

    if isinstance(value, Model):
        wire = wire_form(type(value))
        return [(wire(name), child) for name, child in vars(value).items() if _may_hold(child)]
    if isinstance(value, dict):
        return [(key, child) for key, child in value.items() if _may_hold(child)]
    if isinstance(value, list | tuple):
        return [(index, child) for index, child in enumerate(value) if _may_hold(child)]
    return ()


def _may_hold(value: object) -> bool:
    if type(value) is float:
        return not isfinite(value)
    return type(value) not in (str, int, float, bool, type(None))


def mend(value: Any, written: Json) -> None:
    """Puts booleans back where numbers are documented: pydantic writes them as 0 and 1 there.

    Args:
        value: What was written.
        written: Its JSON, as Python values; JSON text in it is left alone, for it goes out as it came.
    """
    standing = form_of(value, "object")
    if standing is not None and isinstance(written, dict):
        written = written.get(standing[0])
    for fault in form_of(value, "faults") or ():
        if isinstance(fault.value, bool):
            _put(written, fault)
    for token, child in _children(value):
        mend(child, _step(written, token))


def unset_strays(value: Any) -> bool:
    """Takes from the members that were set those that pydantic counts for an unknown member of their Python name.

    A service may send `user_id` where `userId` is documented, whose field is `user_id`: it did not come, and must not
    be written as null. Null that came beside such a member cannot be told from that, and is not written either.

    Returns:
        Whether there was any.
    """
    from .models import Model, wire_form

    found = False
    if isinstance(value, Model):
        wire, held = wire_form(type(value)), vars(value)
        for name in (value.model_extra or {}).keys() & value.model_fields_set:
            if name in held and held[name] is None and wire(name) != name:
                value.model_fields_set.discard(name)
                found = True
    for _, child in _children(value):
        found = unset_strays(child) or found
    return found


def _put(written: Json, fault: Problem) -> None:
    *way, last = [token.replace("~1", "/").replace("~0", "~") for token in fault.pointer.split("/")[1:]]
    for token in way:
        written = _step(written, token)
    if isinstance(written, dict) and last in written:
        written[last] = fault.value
    elif isinstance(written, list) and last.isdecimal() and int(last) < len(written):
        written[int(last)] = fault.value


def _step(written: Json, token: str | int) -> Json:
    if isinstance(written, dict):
        return written.get(str(token))
    if isinstance(written, list) and str(token).isdecimal() and int(token) < len(written):
        return written[int(token)]
    return None
