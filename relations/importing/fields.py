"""What a column of a file may be: a field of a relation, what its header is usually called, how cells are cleaned."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from crm.core import spelling
from relations.importing import cleaning
from relations.importing.places import place_name
from relations.models import Relation


@dataclass(frozen=True)
class Field:
    name: str
    headers: str  # words that mean this field, blanks and capitals left out
    clean: Callable = str

    @property
    def model_field(self):
        return Relation._meta.get_field(self.name)

    @property
    def label(self):
        return capfirst(self.model_field.verbose_name)

    @property
    def can_be_cleared(self):
        return self.model_field.blank

    def value(self, text, **context):
        """What is stored for the text of a cell; ValidationError says what is wrong with it."""
        if text in cleaning.EXCEL_ERRORS:
            raise ValidationError(_("The cell holds an error of Excel."))
        cleaned = self.clean(text, **context)
        longest = self.model_field.max_length
        if longest and len(cleaned) > longest:
            raise ValidationError(_("This is longer than %(count)d characters.") % {"count": longest})
        return cleaned


FIELDS = {
    field.name: field
    for field in (
        Field("number", "nummer nr relatienummer relatienr relatiecode klantnummer klantnr klantcode debiteurnummer "
              "debiteurennummer debnr number relationnumber customernumber clientnumber code", cleaning.number),
        Field("name", "naam bedrijfsnaam relatienaam organisatienaam relatie organisatie bedrijf klant klantnaam "
              "handelsnaam name company companyname organisation organization customer customername client"),
        Field("kind", "soort relatiesoort relatietype type kind", cleaning.kind),
        Field("legal_form", "rechtsvorm legalform"),
        Field("status", "status", cleaning.status),
        Field("former_since", "voormaligsinds voormaligper formersince", cleaning.day),
        Field("street", "adres straat straatnaam straatenhuisnummer straathuisnummer adresregel adresregel1 "
              "bezoekadres vestigingsadres address street addressline1 streetaddress"),
        Field("postal_code", "postcode bezoekpostcode pc postalcode zip zipcode",
              spelling.postal_code),
        Field("city", "plaats woonplaats plaatsnaam stad vestigingsplaats bezoekplaats city town", place_name),
        Field("country", "land landnaam country"),
        Field("mail_street", "postadres postbus correspondentieadres mailingaddress postaladdress"),
        Field("mail_postal_code", "postcodepostadres postadrespostcode postbuspostcode correspondentiepostcode",
              spelling.postal_code),
        Field("mail_city", "plaatspostadres postadresplaats postbusplaats correspondentieplaats", place_name),
        Field("email", "email emailadres mail mailadres emailaddress", cleaning.email),
        Field("phone", "telefoon telefoonnummer tel telefoonnr telnr vast vastnummer phone phonenumber telephone",
              cleaning.phone_number),
        Field("mobile", "mobiel mobielnummer mobieltelefoonnummer gsm mobile mobilephone cell", cleaning.phone_number),
        Field("website", "website web site internet url homepage webadres", cleaning.website),
        Field("kvk_number", "kvk kvknummer kvknr kamervankoophandel cocnumber chamberofcommerce", spelling.kvk_number),
        Field("vat_number", "btw btwnummer btwnr btwid btwidentificatienummer vat vatnumber", spelling.vat_number),
        Field("iban", "iban rekeningnummer bankrekening bankrekeningnummer accountnumber", spelling.iban),
        Field("citizen_service_number", "bsn burgerservicenummer sofinummer citizenservicenumber",
              spelling.citizen_service_number),
        Field("birth_date", "geboortedatum geborenop geboren birthdate dateofbirth", cleaning.day),
    )
}  # fmt: skip
BY_HEADER = {header: field.name for field in FIELDS.values() for header in field.headers.split()}


@cache
def by_header():
    """{header: field}, also as our own files write it, in each language."""
    own = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            own |= {_bare(field.label): field.name for field in FIELDS.values()}
    return own | BY_HEADER


def _bare(text):
    return re.sub(r"[\W_]", "", text.casefold())


def suggested(columns):
    """{"0": "name"}: for every column whose header we know its field, each field once."""
    mapping = {}
    for index, column in enumerate(columns):
        field = by_header().get(_bare(column))
        if field and field not in mapping.values():
            mapping[str(index)] = field
    return mapping


def can_be_imported(mapping):
    """A row must say which relation it is: by its name or by its number."""
    return bool({"name", "number"} & set(mapping.values()))
