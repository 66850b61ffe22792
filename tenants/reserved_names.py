"""Words a sub-domain may not be. How they are compared, and why, is in ``tenants.names``."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Names the platform needs for itself, or that people and programs take for it.
PLATFORM_WORDS = _words(
    """
    www web ftp sftp ssh smtp imap pop mail email mails mx webmail dns ns ntp vpn proxy cdn static assets media medien
    api apis oauth sso auth login logout signin signup register anmelden anmeldung abmelden konto account accounts
    admin admins administrator root system sysadmin betrieb operator console verwaltung intern internal status health
    livez readyz hilfe help support docs doku dokumentation blog shop app apps mobile test tests testing demo dev
    healthz stage staging beta alpha preview prod production localhost local biletado plattform partner partnerschaft
    impressum datenschutz barrierefreiheit kontakt presse news aktuell suche search region bezahlen payment pay
    stripe billing rechnung webhook webhooks security sicherheit abuse postmaster hostmaster webmaster noreply null
    undefined template vorlage public
    """
)

#: Names of authorities: whoever answers on them would speak for one.
AUTHORITY_WORDS = _words(
    """
    rathaus buergeramt buergerbuero ordnungsamt standesamt finanzamt jugendamt sozialamt gesundheitsamt bauamt
    auslaenderbehoerde polizei police feuerwehr notruf rettungsdienst zoll gericht amtsgericht landgericht
    staatsanwaltschaft justiz bundeswehr bundestag bundesrat bundesregierung landtag landesregierung ministerium
    regierung kanzleramt bund bka bsi lka verfassungsschutz wahlamt wahl elster bundid
    """
)
