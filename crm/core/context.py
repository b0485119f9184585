"""What every page knows."""

from django.conf import settings

from crm.core import navigation


def site(request):
    return {
        "app_version": settings.APP_VERSION,
        "app_build": settings.APP_BUILD,
        "languages": settings.LANGUAGES,
        "navigation": navigation.groups(request),
    }
