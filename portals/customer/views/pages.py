"""The start, invoices, documents and own data of a customer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.invoicing.pdf import invoice_pdf
from billing.models import Invoice, InvoiceStatus
from crm.core.uploads.fields import given_out, guarded
from portals.customer import changes
from portals.customer.access import for_customers
from portals.customer.forms import ChangeForm
from portals.models import MailSender
from portals.sharing import actions as sharing
from portals.support_tasks import is_linked, support_tasks_of

LATEST = 5
MOST = 200  # rows of a list


@require_safe
@for_customers
def start(request):
    invoices = invoices_of(request.relation)
    open_tasks = support_tasks_of(request.relation).filter(done_at=None)
    documents = sharing.shared_with(request.relation)
    context = {
        "tasks": open_tasks.order_by("-pk")[:LATEST],
        "invoices": invoices.filter(status=InvoiceStatus.SENT).order_by("due_on", "pk")[:LATEST],
        "documents": documents.order_by("-shared_at", "-pk")[:LATEST],
        "is_linked": is_linked(request.relation),
    }
    return render(request, "portals/customer/start.html", context)


def invoices_of(relation):
    """Addressed to this relation, and sent: one that somebody else pays is theirs to see."""
    return Invoice.objects.issued().filter(debtor=relation)


@require_safe
@for_customers
def invoices(request):
    rows = invoices_of(request.relation).order_by("-issued_on", "-pk")[:MOST]
    return render(request, "portals/customer/invoices.html", {"invoices": rows})


@require_safe
@for_customers
def invoice(request, pk):
    """The PDF that was sent, or else one made now of what was invoiced."""
    found = get_object_or_404(invoices_of(request.relation), pk=pk)
    name = f"factuur-{found.number}.pdf"
    if found.pdf:
        return given_out(found.pdf, name)
    sender = MailSender.objects.current()
    content = invoice_pdf(found, office=sender.name if sender else "Archivaris")
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return guarded(answer)


@require_safe
@for_customers
def documents(request):
    rows = sharing.shared_with(request.relation).order_by("-shared_at", "-pk")[:MOST]
    return render(request, "portals/customer/documents.html", {"documents": rows})


@require_safe
@for_customers
def document(request, pk):
    found = get_object_or_404(sharing.shared_with(request.relation), pk=pk)
    suffix = found.file.name.rpartition(".")[2]
    return given_out(found.file, f"{found.title}.{suffix}")


@require_safe
@for_customers
def data(request):
    return render(request, "portals/customer/data.html")


@require_http_methods(["GET", "HEAD", "POST"])
@for_customers
def change(request):
    """A message to the office, which changes the data itself."""
    form = ChangeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        changes.ask(request.account, text=form.cleaned_data["text"])
        messages.success(request, _("Thank you. We will change your data."))
        return redirect("customer:data")
    return render(request, "portals/customer/change.html", {"form": form}, status=422 if form.errors else 200)
