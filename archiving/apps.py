from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from archiving import fences


class ArchivingConfig(AppConfig):
    name = "archiving"
    verbose_name = _("Archiving")

    def ready(self):
        from archiving import checks  # noqa: F401, PLC0415  registers the system checks; needs the models

        autodiscover_modules("lifecycle")
        fences.build()
