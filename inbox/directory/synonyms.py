"""Words that mean the same kind of place. Names differ between regions and over time (domain: levels and naming)."""

from inbox.directory.fold import words

GROUPS = (
    (
        "vårdcentral",
        "vc",
        "hälsocentral",
        "hc",
        "husläkarmottagning",
        "familjeläkarenhet",
        "läkarhus",
        "distriktsläkare",
    ),
    ("akutmottagning", "akutmottagningen", "akuten", "akut"),
    ("barnavårdscentral", "bvc"),
    ("barnmorskemottagning", "barnmorskemottagningen", "bmm", "mvc", "mödravårdscentral"),
    ("ungdomsmottagning", "ungdomsmottagningen", "umo"),
    ("bup", "barnpsykiatri", "barnpsyk"),
    ("vuxenpsykiatri", "psykiatri", "psykiatriska", "psyk", "öppenpsykiatri"),
    ("kvinnokliniken", "gynekologiska", "gynmottagningen", "gyn", "gynekologen", "kk"),
    ("förlossningen", "förlossning", "bb"),
    ("ögonmottagningen", "ögonkliniken", "ögon"),
    ("öronmottagningen", "öronkliniken", "önh", "öron"),
    ("folktandvården", "tandvården", "tandläkare", "ftv"),
    ("habiliteringen", "hab"),
    ("rehab", "rehabilitering", "fysioterapi", "sjukgymnast", "sjukgymnastik"),
    ("röntgen", "bild", "radiologi"),
    ("sjukhus", "lasarett", "lasarettet", "sjukhuset"),
    ("ambulansen", "ambulans", "ambulanssjukvården"),
    ("patientnämnden", "patientnämnd", "pn"),
    ("hemsjukvården", "hemsjukvård", "asih"),
)


def _meanings() -> dict[str, frozenset[str]]:
    groups = [frozenset(word for name in group for word in words(name)) for group in GROUPS]
    return {word: group for group in groups for word in group}


_MEANINGS = _meanings()


def synonyms(word: str) -> frozenset[str]:
    """Other folded words for the same kind of place."""
    return _MEANINGS.get(word, frozenset()) - {word}
