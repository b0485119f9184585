"""Contacts: first the person is looked for (one record of a person, at however many relations), then the form."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from relations.kept.pages import Kind, editing, form_page, kept_at, relation_at
from relations.kept.people import actions as contacts
from relations.kept.people import persons
from relations.kept.people.forms import ContactForm, PersonSearchForm, name_typed
from relations.models import Contact, Person
from relations.sight import get_seen_or_404

CONTACT = Kind(
    ContactForm,
    "contactpersonen",
    _("New contact"),
    _("Edit contact"),
    _("The contact has been saved."),
    save=contacts.save_contact,
    template="relations/kept/people/contact.html",
)
NEW = "nieuw"


@editing
def contact_new(request, pk):
    """`persoon` in the address says who it is: the key of somebody who is known, or that it is somebody new."""
    relation = relation_at(request, pk)
    who = request.GET.get("persoon", "")
    if not who:
        return _search_page(request, relation)
    contact = Contact(relation=relation, person=_person(request, who))
    if "typed" in request.POST:  # from the search page: begins the form with what was typed there
        return form_page(request, contact, CONTACT, form=_begun(request, contact))
    return form_page(request, contact, CONTACT)


@editing
def contact_edit(request, pk):
    contact = kept_at(request, Contact, pk)
    contact.person = _person(request, contact.person_id)
    return form_page(request, contact, CONTACT, elsewhere=persons.elsewhere(contact, by=request.user))


def _person(request, key):
    if key == NEW:
        return Person()
    rows = Person.objects.select_for_update() if request.method == "POST" else Person.objects
    return get_seen_or_404(request.user, rows, pk=int(key) if str(key).isdecimal() and len(str(key)) < 19 else None)


def _begun(request, contact):
    return ContactForm(instance=contact, initial=name_typed(request.POST["typed"]), by=request.user)


def _search_page(request, relation):
    """By POST, so that what is typed, a name, stands in no address."""
    form = PersonSearchForm(request.POST if request.method == "POST" else None)
    text = form.cleaned_data["text"] if form.is_bound and form.is_valid() else ""
    found = persons.fitting(text, relation=relation, by=request.user) if text else []
    context = {
        "relation": relation,
        "form": form,
        "text": text,
        "found": found,
        "is_cut": len(found) == persons.SHOWN,
        "back": reverse("relations:relation_tab", args=[relation.pk, CONTACT.tab]),
    }
    template = "relations/kept/people/search.html"
    if request.headers.get("HX-Request") == "true":
        return render(request, f"{template}#found", context)  # nothing typed yet is no mistake
    return render(request, template, context, status=422 if form.errors else 200)
