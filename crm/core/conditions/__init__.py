"""Conditions of a filter: field, operator and value, each to be read in an address and by people.

    VOCABULARY = Vocabulary()
    VOCABULARY.register(Text("city", _("City"), section=ADDRESS, columns=["city"]))

    ?c=city:contains:Haag                                one condition
    ?c=1:city:is:Zeist&c=1:tags:has:4&c=kind:is:person   the first two are a group: either holds; and the third
    &match=any                                           the other way round: one group is enough, and holds as a whole

Every group must hold, in a group one condition is enough; groups go no deeper. What is not understood to the letter is
kept, shown and refused (B3).
"""

from crm.core.conditions.filters import Condition, Conditions
from crm.core.conditions.kinds import Amount, Dates, Option, Rows, Text, YesNo
from crm.core.conditions.values import Known
from crm.core.conditions.vocabulary import Vocabulary

__all__ = ["Amount", "Condition", "Conditions", "Dates", "Known", "Option", "Rows", "Text", "Vocabulary", "YesNo"]
