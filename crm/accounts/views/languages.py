"""In which language the site is read."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from crm.accounts import languages
from crm.accounts.actions import preferences
from crm.core.refusals import Refusal


@login_not_required
@require_POST
def language(request):
    """Also for who is not signed in: the page to sign in can be read in each language."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        raise Refusal(_("This language is not there. Choose one of the list."), status=400)
    if request.user.is_authenticated:
        preferences.choose_language(request.user, language=chosen)
    return languages.remember(redirect(languages.page_before(request)), chosen)
