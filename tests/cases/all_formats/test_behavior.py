"""Values of every format, there and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType

TEXT = (
    '{"time":"08:30:00.120Z","duration":"P1DT2H","int32":2147483647,"int64":9223372036854775807,"float":0.1,'
    '"double":0.30000000000000004,"decimal":1.1,"price":"1.10","byte":"YS1i","binary":"a","encoded":"YS1i",'
    '"email":"a@service.example","uri":"https://service.example/a?b","secret":"s","hostname":"service.example",'
    '"own":"anything"}'
)


def test_an_answer_goes_back_as_it_came(package: ModuleType) -> None:
    """Numbers without loss, texts as they are, a password not shown."""
    service = Service(TEXT)
    with service.client(package, "AllFormats") as client:
        thing = client.things.put_thing("08:30:00Z", package.all_formats.models.Thing(price="1.10"))
        client.things.put_thing("08:30:00Z", thing)

    assert service.requests[0].content == b'{"price":"1.10"}'
    assert service.requests[1].content.decode() == TEXT
    assert (thing.int64, thing.double, thing.duration) == (9223372036854775807, 0.30000000000000004, "P1DT2H")
    assert package.problems_of(thing) == ()
    assert "secret='s'" not in repr(thing)


def test_a_value_of_another_kind_is_told(package: ModuleType) -> None:
    """A number for a text and a text for a number; formats that stay text are not held to."""
    with Service({"duration": 5, "int32": "5", "email": "nobody"}).client(package, "AllFormats") as client:
        thing = client.things.put_thing("08:30:00Z", package.all_formats.models.Thing())

    assert [one.pointer for one in package.problems_of(thing)] == ["/duration", "/int32"]


def test_arguments_are_written_plainly(package: ModuleType) -> None:
    """Without exponents, and encoded."""
    service = Service("{}")
    with service.client(package, "AllFormats") as client:
        given = {"within": "PT1H30M", "amount": 1e-7, "price": "1.10", "small": -1, "ratio": 2.0}
        client.things.put_thing(
            "08:30:00Z", package.all_formats.models.Thing(), **given, who="a+b@c.example", data="YQ=="
        )

    assert service.targets[0] == (
        "/things/08%3A30%3A00Z?within=PT1H30M&amount=0.0000001&price=1.10&small=-1&ratio=2"
        "&who=a%2Bb%40c.example&data=YQ%3D%3D"
    )
