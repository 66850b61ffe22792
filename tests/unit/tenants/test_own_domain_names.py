"""Which names may be a town's own domain, before anybody asks the DNS."""

import pytest

from tenants.errors import DomainRefused
from tenants.own_domains.naming import domain_of, refuse_look_alike, refuse_reserved, shown


@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        ("buchen.musterstadt.example", "buchen.musterstadt.example"),
        ("  https://Buchen.Musterstadt.example:443/start?x=1 ", "buchen.musterstadt.example"),
        ("musterstadt.example.", "musterstadt.example"),
        ("räume.köln.example", "xn--rume-loa.xn--kln-sna.example"),
        ("straße.example", "xn--strae-oqa.example"),
        ("xn--kln-sna.example", "xn--kln-sna.example"),
    ],
)
def test_a_domain_is_read_as_the_dns_writes_it(typed: str, domain: str) -> None:
    assert domain_of(typed) == domain
    assert domain_of(shown(domain)) == domain


@pytest.mark.parametrize(
    "typed",
    [
        "", "musterstadt", "localhost", "a..example", ".example",
        "-a.example",
        "a_b.example", "*.musterstadt.example", "a b.example", "a.example\x00", "a" * 64 + ".example",
        ".".join(["a" * 60] * 4) + ".example", "musterst\u0430dt.example", "xn--a.example",
        "xn--musterstdt-c2j.example",
    ],
)  # fmt: skip
def test_what_is_no_domain_is_refused(typed: str) -> None:
    with pytest.raises(DomainRefused):
        domain_of(typed)


@pytest.mark.parametrize(
    "domain",
    ["192.0.2.1", "rathaus.local", "x.internal",
     "biletado.example", "x.biletado.example", "a.b.biletado.example", "biletad0.example", "x.bi1etado.example",
     "biletado.de"],
)  # fmt: skip
def test_the_platforms_names_are_refused(domain: str) -> None:
    with pytest.raises(DomainRefused):
        refuse_reserved(domain, base_host="biletado.example")


def test_what_the_main_host_stands_below_is_refused() -> None:
    with pytest.raises(DomainRefused):
        refuse_reserved("partner.example", base_host="biletado.partner.example")


@pytest.mark.parametrize(
    "domain", ["buchen.musterstadt.example", "biletado.musterstadt.example", "rathaus.example"]
)
def test_other_names_are_possible(domain: str) -> None:
    refuse_reserved(domain, base_host="biletado.example")
    refuse_look_alike(domain, others=["buchen.nachbarort.example", domain])


@pytest.mark.parametrize(
    "domain", ["buchen.rnusterstadt.example", "buchen.musterstadt.exarnple", "buchen.mu5terstadt.example"]
)  # fmt: skip
def test_look_alikes_of_another_town_are_refused(domain: str) -> None:
    with pytest.raises(DomainRefused, match=r"buchen\.musterstadt\.example"):
        refuse_look_alike(domain, others=["buchen.musterstadt.example"])
