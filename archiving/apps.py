from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ArchivingConfig(AppConfig):
    name = "archiving"
    verbose_name = _("Archiving")

    def ready(self):
        from archiving import checks, fences  # noqa: F401, PLC0415  `checks` registers itself; both need the models

        autodiscover_modules("lifecycle", "mentions")
        fences.build()
