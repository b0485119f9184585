"""A link with another relation, told from the side of the relation on whose page one is."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.core import spelling
from crm.core.form_fields import DateField
from relations.kept.forms import KeptForm
from relations.models import MUTUAL, LinkKind, RelationLink
from relations.pickers import RelationField

# What the relation is of the other one → (kind, whether it is the first of the two).
SIDES = {
    "parent": (LinkKind.PARENT, True),
    "subsidiary": (LinkKind.PARENT, False),
    "partner": (LinkKind.PARTNER, True),
    "adviser": (LinkKind.ADVISER, True),
    "advised": (LinkKind.ADVISER, False),
    "family": (LinkKind.FAMILY, True),
}
WORDS = {
    "parent": LinkKind.PARENT.label,
    "subsidiary": _("Subsidiary of"),
    "partner": LinkKind.PARTNER.label,
    "adviser": LinkKind.ADVISER.label,
    "advised": _("Advised by"),
    "family": LinkKind.FAMILY.label,
}


def side_of(link, relation):
    """What `relation` is of the other one in `link`: a key of SIDES."""
    is_first = link.from_relation_id == relation.pk or link.kind in MUTUAL
    return next(side for side, told in SIDES.items() if told == (link.kind, is_first))


class LinkForm(KeptForm):
    """`instance.relation` is the relation whose page it is."""

    side = forms.ChoiceField(choices=list(WORDS.items()))
    other = RelationField(label=_("Other relation"))

    class Meta:
        model = RelationLink
        fields = ["since", "until"]
        field_classes = {"since": DateField, "until": DateField}

    field_order = ["side", "other", "since", "until"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        link = self.instance
        self.fields["side"].label = gettext("%(name)s is") % {"name": link.relation.name}
        if link.pk:
            self.fields["other"].present = link.other_than(link.relation)
            self.initial |= {"side": side_of(link, link.relation), "other": link.other_than(link.relation)}

    def clean(self):
        answers = super().clean()
        spelling.refuse_backward(self, "since", "until")
        if answers.get("other") and "side" in answers:
            self._clean_ends(answers["other"], answers["side"])
        return answers

    def _clean_ends(self, other, side):
        link = self.instance
        if other == link.relation:
            self.add_error("other", gettext("Choose another relation to link with."))
            return
        link.kind, is_first = SIDES[side]
        link.from_relation, link.to_relation = (link.relation, other) if is_first else (other, link.relation)
        if link.same().exists():
            sentence = gettext("This link with %(name)s is there already.")
            self.add_error("other", sentence % {"name": other.name})
