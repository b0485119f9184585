"""What customers see and send in: questions, files, invoices, documents, their data."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from billing.invoicing.pdf import invoice_pdf
from crm.core.uploads.fields import safe_name
from portals.models import TaskComment
from portals.support_tasks import support_tasks_of
from relations.models import Message, Task, TaskKind
from tests.archiving.acting import archive
from tests.factories import (
    DossierItemFactory,
    InvoiceFactory,
    InvoiceLineFactory,
    MailSenderFactory,
    RelationFactory,
    UploadedDossierItemFactory,
)
from tests.portals.customers import come_in, customer, relink, unlink

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 inhoud"


@pytest.fixture
def asked():
    return customer()


@pytest.fixture
def inside(client, asked):
    return come_in(client, asked.account)


def url(name, *args):
    return reverse(f"customer:{name}", args=args)


def upload(name="bon.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


class TestAskingAQuestion:
    def test_makes_a_support_task_of_the_relation(self, inside, asked, employee):
        """R48"""
        inside.force_login(employee)  # in the same browser: not the author
        body = {"subject": "Btw", "text": "Hoe?", "file": upload()}

        inside.post(url("task_new"), body)

        task = support_tasks_of(asked.relation).get(subject="Btw")
        assert (task.kind, task.text, task.assignee) == (TaskKind.SUPPORT, "Hoe?", None)
        assert task.history.get().history_user is None
        comment = task.comments.get()
        assert (comment.relation, comment.employee, comment.file_name) == (asked.relation, None, "bon.pdf")

    def test_is_refused_without_environment(self, inside, asked):
        """R41"""
        unlink(asked)

        answer = inside.post(url("task_new"), {"subject": "Btw"})

        assert answer.status_code == 409
        assert Task.objects.count() == 1

    def test_needs_a_subject(self, inside):
        assert inside.post(url("task_new"), {"subject": "\u200b"}).status_code == 422


class TestSayingSomething:
    def test_is_added_to_the_conversation(self, inside, asked):
        inside.post(url("task", asked.task.pk), {"text": "En nog iets."})

        comment = TaskComment.objects.latest("pk")
        assert (comment.text, comment.author_name, comment.relation) == (
            "En nog iets.",
            asked.account.name,
            asked.relation,
        )

    def test_is_answered_by_the_office(self, client, asked, employee):
        client.force_login(employee)
        client.post(reverse("portals:conversation", args=[asked.relation.pk, asked.task.pk]), {"text": "Komt goed."})

        page = come_in(client, asked.account).get(url("task", asked.task.pk)).content.decode()

        assert "Komt goed." in page
        assert employee.name in page

    def test_stays_with_who_said_it_when_the_contractant_is_relinked(self, client, asked):
        """R54: the task is seen at once by the new relation; what was said to the former one is not."""
        other = customer("NIEUW")
        relink(asked, other)

        page = come_in(client, other.account).get(url("task", asked.task.pk))

        assert page.status_code == 200
        assert list(page.context["comments"]) == []

    def test_is_read_by_the_office_per_relation(self, as_employee, asked):
        other = customer("ANDER")
        asked.task.links.create(relation=other.relation)

        page = as_employee.get(reverse("portals:conversation", args=[other.relation.pk, asked.task.pk]))

        assert list(page.context["comments"]) == []

    def test_is_refused_by_an_archived_relation(self, as_employee, asked, employee):
        unlink(asked)
        archive(asked.relation, by=employee)

        answer = as_employee.post(
            reverse("portals:conversation", args=[asked.relation.pk, asked.task.pk]), {"text": "Nog iets"}
        )

        assert answer.status_code == 409


class TestAttachments:
    @pytest.mark.parametrize(
        "file",
        [
            ("virus.exe", b"MZ"),
            ("pagina.html", b"<script>"),
            ("tekening.svg", b"<svg onload=x>"),
            ("factuur.pdf", b"<html>"),
            ("foto.png", b"%PDF-1.4"),
            ("lijst.csv", b"a;b\x00"),
            ("leeg.pdf", b""),
            ("zonder", b"%PDF-1.4"),
        ],
    )
    def test_of_another_kind_are_refused(self, inside, asked, file):
        answer = inside.post(url("task", asked.task.pk), {"text": "Zie", "file": upload(*file)})

        assert answer.status_code == 422
        assert TaskComment.objects.count() == 1

    def test_that_are_too_large_are_refused(self, inside, asked, settings):
        settings.CUSTOMER_FILE_MOST = 1000

        answer = inside.post(url("task", asked.task.pk), {"file": upload(content=PDF + b"x" * 1000)})

        assert answer.status_code == 422
        assert TaskComment.objects.count() == 1

    def test_that_are_much_too_large_are_not_even_read(self, inside, asked, settings):
        settings.CUSTOMER_FILE_MOST = 1000

        answer = inside.post(url("task", asked.task.pk), {"file": upload(content=PDF + b"x" * 200_000)})

        assert answer.status_code == 413
        assert TaskComment.objects.count() == 1

    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("../../etc/passwd.PDF", "passwd.pdf"),
            ("C:\\temp\\bon.pdf", "bon.pdf"),
            ('a"b;c<d>.pdf', "a-b-c-d-.pdf"),
            ("re\u202efdp.txt", "refdp.txt"),
            ("\u200b.pdf", "pdf"),
            ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ],
    )
    def test_get_a_safe_name(self, given, kept):
        assert safe_name(given) == kept

    def test_are_saved_under_a_random_name_and_run_nowhere(self, inside, asked):
        inside.post(url("task", asked.task.pk), {"file": upload("Clara van der Meer.pdf")})
        comment = TaskComment.objects.latest("pk")

        answer = inside.get(url("attachment", comment.pk))

        assert "Clara" not in comment.file.name
        assert answer["Content-Disposition"] == 'attachment; filename="Clara van der Meer.pdf"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert b"".join(answer.streaming_content) == PDF

    def test_that_are_gone_from_disk_are_not_there(self, inside, asked):
        asked.comment.file.storage.delete(asked.comment.file.name)

        assert inside.get(url("attachment", asked.comment.pk)).status_code == 404


class TestInvoices:
    def test_come_as_pdf_with_every_letter(self, inside, asked):
        MailSenderFactory(name="Kantoor Łukasz & Şahin")
        asked.invoice.addressee_name = "Café Ģértŗūde € – Αθήνα"
        asked.invoice.save()
        InvoiceLineFactory(invoice=asked.invoice, description="Jaarrekening ’25 — ĳlst")

        answer = inside.get(url("invoice", asked.invoice.pk))

        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == f'attachment; filename="factuur-{asked.invoice.number}.pdf"'
        assert answer.content.startswith(b"%PDF-")

    def test_miss_no_letter_that_a_name_here_has(self, asked, caplog):
        asked.invoice.addressee_name = "ĄąČčĐđĘęĞğİıŁłŃńŐőŘřŞşŠšŢţŮůŽž àéîõüß €"

        with caplog.at_level("WARNING", logger="fpdf"):
            invoice_pdf(asked.invoice, office="Kantoor")

        assert not caplog.records

    def test_of_many_lines_take_more_pages(self, asked):
        InvoiceLineFactory.create_batch(80, invoice=asked.invoice)

        content = invoice_pdf(asked.invoice, office="Kantoor")

        assert content.count(b"/Type /Page\n") > 1

    def test_that_were_uploaded_are_given_as_they_are(self, inside, asked):
        asked.invoice.pdf.save("x.pdf", BytesIO(PDF))

        answer = inside.get(url("invoice", asked.invoice.pk))

        assert b"".join(answer.streaming_content) == PDF

    def test_that_are_a_draft_are_not_seen(self, inside, asked):
        draft = InvoiceFactory(relation=asked.relation, status="draft")

        assert list(inside.get(url("invoices")).context["invoices"]) == [asked.invoice]
        assert inside.get(url("invoice", draft.pk)).status_code == 404

    def test_that_somebody_else_pays_are_theirs_to_see(self, inside, asked):
        """R7: they name the debtor."""
        elsewhere = InvoiceFactory(relation=asked.relation, debtor=RelationFactory())
        ours = InvoiceFactory(debtor=asked.relation)

        shown = set(inside.get(url("invoices")).context["invoices"])

        assert shown == {asked.invoice, ours}
        assert inside.get(url("invoice", elsewhere.pk)).status_code == 404


class TestDocuments:
    def test_are_shown_when_the_office_shares_them(self, client, asked, employee):
        item = UploadedDossierItemFactory(relation=asked.relation)
        client.force_login(employee)

        client.post(reverse("portals:document_sharing", args=[item.pk]))
        shared = come_in(client, asked.account).get(url("document", item.pk)).status_code
        client.post(reverse("portals:document_unsharing", args=[item.pk]))

        assert (shared, client.get(url("document", item.pk)).status_code) == (200, 404)
        assert item.history.first().history_user == employee

    @pytest.mark.parametrize("kind", ["reference", "of another"])
    def test_of_others_and_elsewhere_cannot_be_shared(self, as_employee, asked, kind):
        item = (
            DossierItemFactory(relation=asked.relation)
            if kind == "reference"
            else UploadedDossierItemFactory(relation=asked.relation, owner=RelationFactory())
        )

        answer = as_employee.post(reverse("portals:document_sharing", args=[item.pk]))

        assert answer.status_code == 409
        item.refresh_from_db()
        assert item.shared_at is None

    def test_that_get_another_owner_are_not_seen_any_more(self, inside, asked):
        """R76"""
        asked.document.owner = RelationFactory()
        asked.document.save()

        assert inside.get(url("document", asked.document.pk)).status_code == 404


class TestOwnData:
    def test_hide_what_nobody_needs_on_screen(self, inside, asked):
        asked.relation.citizen_service_number, asked.relation.iban = "123456782", "NL91ABNA0417164300"
        asked.relation.save()

        page = inside.get(url("data")).content.decode()

        assert asked.relation.street in page
        assert "123456782" not in page
        assert "NL91" not in page

    def test_changes_are_told_to_the_office(self, inside, asked):
        inside.post(url("change"), {"text": "Wij verhuizen per 1 mei."})

        message = Message.objects.get()
        assert (message.relation, message.direction, message.body) == (
            asked.relation,
            "in",
            "Wij verhuizen per 1 mei.",
        )
        assert message.history.get().history_user is None
