from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "crm.accounts"
    verbose_name = _("Employees")

    def ready(self):
        from crm.accounts.roles import ensure_roles  # noqa: PLC0415  needs the models

        autodiscover_modules("holdings")
        post_migrate.connect(_after_the_last_app(ensure_roles), weak=False)


def _after_the_last_app(receiver):
    """Permissions are made app by app; the roles need those of all of them."""

    def receive(sender, **kwargs):
        if sender is [config for config in apps.get_app_configs() if config.models_module][-1]:
            receiver()

    return receive
