from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.module_loading import autodiscover_modules

from crm.core.checks import key_is_secret, translations_are_compiled


class CoreConfig(AppConfig):
    name = "crm.core"

    def ready(self):
        register(translations_are_compiled, Tags.translation)
        register(key_is_secret, Tags.security)
        autodiscover_modules("panels", "navigation", "search", "cards")
