"""Sub-domains: what is refused, why, and what is offered instead."""

import pytest

from tenants.names import (
    SHORTEST,
    check_name,
    is_server_made,
    new_schema_name,
    skeleton,
    slug_of,
    suggest_name,
)

TAKEN = ["musterstadt", "tutzing", "neuburg", "bad-salzungen", "koeln"]

REFUSED = [
    pytest.param("ab", "3 bis 40", id="too short"),
    pytest.param("a" * 41, "3 bis 40", id="too long"),
    pytest.param("", "3 bis 40", id="empty"),
    pytest.param("Borgstedt", "Kleinbuchstaben", id="capital"),
    pytest.param("köln-porz", "Kleinbuchstaben", id="umlaut"),
    pytest.param("xn--kln-sna", "Umlaute aus", id="punycode"),
    pytest.param("bad--ems", "Zwei Bindestriche", id="two hyphens"),
    pytest.param("-borgstedt", "Kleinbuchstaben", id="hyphen first"),
    pytest.param("borgstedt-", "Kleinbuchstaben", id="hyphen last"),
    pytest.param("112", "Kleinbuchstaben", id="a number"),
    pytest.param("borg.stedt", "Kleinbuchstaben", id="dot"),
    pytest.param("borgstedt\n", "Kleinbuchstaben", id="line break"),
    pytest.param("www", "Plattform", id="www"),
    pytest.param("www2", "Plattform", id="www with digit"),
    pytest.param("log-in", "Plattform", id="login with hyphen"),
    pytest.param("adm1n", "Plattform", id="admin with a one"),
    pytest.param("ap1", "Plattform", id="api with a one"),
    pytest.param("status", "Plattform", id="status"),
    pytest.param("rathaus", "Behörde", id="rathaus"),
    pytest.param("rathaus-neudorf", "Behörde", id="rathaus with a town"),
    pytest.param("neudorf-polizei", "Behörde", id="a town's police"),
    pytest.param("p0lizei", "Behörde", id="polizei with a zero"),
    pytest.param("feuer-wehr", "Behörde", id="feuerwehr with a hyphen"),
    pytest.param("musterstadt", "schon vergeben", id="taken"),
    pytest.param("rnusterstadt", "verwechseln", id="rn for m"),
    pytest.param("muster-stadt", "verwechseln", id="only a hyphen apart"),
    pytest.param("musterstadt2", "verwechseln", id="a digit behind"),
    pytest.param("tutz1ng", "verwechseln", id="one for i"),
    pytest.param("musterstatd", "verwechseln", id="neighbours swapped"),
    pytest.param("musterstad", "verwechseln", id="one letter less"),
    pytest.param("neuberg", "verwechseln", id="one letter other, somebody else's name"),
]


@pytest.mark.parametrize(("name", "why"), REFUSED)
def test_refused_with_a_sentence(name: str, why: str) -> None:
    verdict = check_name(name, taken=TAKEN)
    assert not verdict.is_free
    assert why in verdict.sentence
    assert verdict.sentence.endswith(".")


@pytest.mark.parametrize("name", ["borgstedt", "abc", "a" * 40, "bad-ems", "halle-saale", "ort-am-see-3a"])
def test_free(name: str) -> None:
    assert check_name(name, taken=TAKEN).is_free


def test_a_towns_own_name_may_be_near_anothers_but_not_look_the_same() -> None:
    assert check_name("neuberg", taken=TAKEN, own_name="Neuberg").is_free
    assert not check_name("neu-burg", taken=TAKEN, own_name="Neu Burg").is_free


@pytest.mark.parametrize(
    ("town", "hint", "suggestion"),
    [
        ("Borgstedt", "SH", "borgstedt"),
        ("Musterstadt", "SH", "musterstadt-sh"),
        ("Köln", "", "stadt-koeln"),
        ("Rathaus", "SH", ""),
        ("Weißenfels", "", "weissenfels"),
    ],
)
def test_the_suggestion_is_free_itself(town: str, hint: str, suggestion: str) -> None:
    assert suggest_name(town, taken=TAKEN, hint=hint) == suggestion
    assert not suggestion or check_name(suggestion, taken=TAKEN, own_name=town).is_free


def test_a_refusal_offers_what_works() -> None:
    verdict = check_name("musterstadt", taken=TAKEN, own_name="Musterstadt", hint="SH")
    assert verdict.suggestion == "musterstadt-sh"


@pytest.mark.parametrize("one", TAKEN)
def test_a_skeleton_never_makes_a_name_free(one: str) -> None:
    assert len(skeleton(one)) >= SHORTEST
    assert skeleton(one) == skeleton(f"{one}-1") == skeleton(one.replace("l", "1"))


def test_slugs_spell_german_letters() -> None:
    assert slug_of("  Große Kreisstadt Öhringen/Süd ") == "grosse-kreisstadt-oehringen-sued"


def test_schema_names_are_ours() -> None:
    assert is_server_made(new_schema_name())
    for crafted in ("t_abcdefgh\n", "t_ABCDEFGH", "t_abc", "public", 't_abcdefgh"', "t_" + "a" * 41):
        assert not is_server_made(crafted)
