from django.urls import path, register_converter

from crm.core.panels import PanelKeyConverter
from relations.record.views import relations, timeline

register_converter(PanelKeyConverter, "panel")

urlpatterns = [
    path("relaties/nieuw/", relations.relation_new, name="relation_new"),
    path("relaties/suggesties/", relations.relation_suggestions, name="relation_suggestions"),
    path("relaties/<int:pk>/", relations.relation, name="relation"),
    path("relaties/<int:pk>/tijdlijn/", timeline.timeline, name="timeline"),
    path("relaties/<int:pk>/bewerken/", relations.relation_edit, name="relation_edit"),
    path("relaties/<int:pk>/factuurdebiteur-van/", relations.debtor_for, name="debtor_for"),
    path("relaties/<int:pk>/<panel:key>/", relations.relation, name="relation_tab"),
]
