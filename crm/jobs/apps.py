from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "crm.jobs"
    verbose_name = _("Jobs")

    def ready(self):
        autodiscover_modules("operations")
