"""What says sentences in tests of one of their rules: Swedish, as they stand in the source."""

from gettext import NullTranslations

from server.web.languages import Catalogue

SWEDISH = Catalogue("sv", NullTranslations())
