"""The data-processing agreement (Art. 28 GDPR): its current version. The text is ``onboarding/agreement.html``.

A change of the text is a new version; towns keep the version they accepted, with time and person.
"""

AGREEMENT_VERSION = "2026-11"
