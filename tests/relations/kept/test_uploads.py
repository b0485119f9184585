"""What an employee may keep with a relation: attachments of activities and documents of the dossier."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from crm.core.uploads.fields import OFFICE_KINDS, OfficeFilesField
from relations.models import ActivityAttachment, ClientActivity, DossierItem, Note
from tests import factories
from tests.archiving.acting import archive

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 "


def upload(name="verslag.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def zipped(*names):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


@pytest.fixture
def relation():
    return factories.RelationFactory()


@pytest.fixture
def activity():
    return factories.ClientActivityFactory()


def attach(client, activity, *files):
    return client.post(reverse("relations:activity_attachments", args=[activity.pk]), {"files": files})


class TestKind:
    @pytest.mark.parametrize(
        "file",
        [
            ("virus.exe", b"MZ"),
            ("pagina.html", b"<script>"),
            ("tekening.svg", b"<svg onload=x>"),
            ("factuur.pdf", b"<html>"),
            ("brief.docx", zipped("xl/workbook.xml")),
            ("brief.docx", b"PK\x03\x04 geen archief"),
            ("cijfers.xlsx", zipped("content.xml")),
            ("brief.doc", zipped("word/document.xml")),
            ("aangifte.xml", b"<a>\x00"),
            ("leeg.pdf", b""),
            ("zonder", PDF),
        ],
    )
    def test_that_is_not_what_it_says_or_may_not_be_kept_is_refused(self, as_employee, activity, file):
        answer = attach(as_employee, activity, upload(*file))

        assert answer.status_code == 422
        assert 'class="error"' in answer.content.decode()
        assert not ActivityAttachment.objects.exists()

    @pytest.mark.parametrize(
        "file",
        [
            ("verslag.PDF", PDF),
            ("brief.docx", zipped("[Content_Types].xml", "word/document.xml")),
            ("cijfers.xlsx", zipped("xl/workbook.xml")),
            ("brief.odt", zipped("mimetype", "content.xml")),
            ("oud.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"),
            ("vraag.eml", b"From: iemand"),
            ("aangifte.xbrl", b"<xbrl/>"),
        ],
    )
    def test_of_the_office_is_kept(self, as_employee, activity, file):
        attach(as_employee, activity, upload(*file))

        assert ActivityAttachment.objects.get().file.read() == file[1]

    def test_is_never_one_that_a_browser_runs(self):
        assert not OFFICE_KINDS.keys() & {".html", ".htm", ".svg", ".js", ".xhtml", ".mjs"}


class TestSize:
    def test_is_said_beforehand(self, as_employee, activity, settings):
        settings.OFFICE_FILE_MOST = 3 * 1024 * 1024

        shown = as_employee.get(reverse("relations:activity", args=[activity.pk])).content.decode()

        assert "Hoogstens 3,0\xa0MB." in shown

    def test_that_is_too_large_is_said_in_the_form(self, as_employee, activity, settings):
        settings.OFFICE_FILE_MOST = 1000

        answer = attach(as_employee, activity, upload(content=PDF + b"x" * 1000))

        assert answer.status_code == 422
        assert "Dit bestand is te groot: hoogstens" in answer.content.decode()
        assert not ActivityAttachment.objects.exists()

    def test_that_is_much_too_large_is_not_even_read(self, as_employee, activity, settings):
        settings.OFFICE_FILE_MOST = 1000

        answer = attach(as_employee, activity, upload(content=PDF + b"x" * 2000))

        assert answer.status_code == 413
        assert "Dit is te groot" in answer.content.decode()
        assert not ActivityAttachment.objects.exists()

    def test_of_nothing_is_asked_for_a_file(self, as_employee, activity):
        assert attach(as_employee, activity).status_code == 422

    def test_of_too_many_at_once_is_refused(self, as_employee, activity):
        files = [upload(f"{number}.pdf") for number in range(OfficeFilesField.MOST + 1)]

        assert attach(as_employee, activity, *files).status_code == 422
        assert not ActivityAttachment.objects.exists()


class TestName:
    def test_is_made_safe_and_is_not_the_name_on_disk(self, as_employee, activity):
        attach(as_employee, activity, upload('../../Clara "van" der Meer.PDF'))

        kept = ActivityAttachment.objects.get()
        assert kept.name == "Clara -van- der Meer.pdf"
        assert "Clara" not in kept.file.name

    def test_that_is_very_long_is_cut(self, as_employee, activity):
        attach(as_employee, activity, upload("x" * 240 + ".pdf"))

        assert ActivityAttachment.objects.get().name == "x" * 116 + ".pdf"


class TestActivity:
    def test_is_added_with_several_attachments_at_once(self, as_employee, relation):
        """R99"""
        sent = {"subject": "Kennismaking", "kind": "visit", "files": [upload("een.pdf"), upload("twee.pdf")]}

        answer = as_employee.post(reverse("relations:activity_new", args=[relation.pk]), sent)

        assert answer.status_code == 302
        activity = ClientActivity.objects.get()
        assert sorted(activity.attachments.values_list("name", flat=True)) == ["een.pdf", "twee.pdf"]

    def test_with_one_bad_file_is_not_added(self, as_employee, relation):
        sent = {"subject": "Kennismaking", "kind": "visit", "files": [upload("een.pdf"), upload("twee.exe")]}

        answer = as_employee.post(reverse("relations:activity_new", args=[relation.pk]), sent)

        assert answer.status_code == 422
        assert "Kennismaking" in answer.content.decode()
        assert not ClientActivity.objects.exists()

    def test_gets_more_of_them_and_notes_on_its_page(self, as_employee, employee, activity):
        """R99"""
        attach(as_employee, activity, upload("een.pdf"), upload("twee.pdf"))
        as_employee.post(reverse("relations:activity_notes", args=[activity.pk]), {"text": "Belt terug"})

        note = Note.objects.get()
        assert activity.attachments.count() == 2
        assert (note.relation, note.activity, note.author) == (activity.relation, activity, employee)
        assert note.history.get().history_user == employee

    @pytest.mark.parametrize("text", ["", " \n\u200b "])
    def test_takes_no_empty_note(self, as_employee, activity, text):
        answer = as_employee.post(reverse("relations:activity_notes", args=[activity.pk]), {"text": text})

        assert answer.status_code == 422
        assert not Note.objects.exists()

    def test_takes_nothing_at_an_archived_relation(self, as_employee, activity):
        archive(activity.relation, by=factories.EmployeeFactory())

        answers = [
            attach(as_employee, activity, upload()),
            as_employee.post(reverse("relations:activity_notes", args=[activity.pk]), {"text": "Nog iets"}),
        ]

        assert [answer.status_code for answer in answers] == [409, 409]
        assert not ActivityAttachment.objects.exists()
        assert not Note.objects.exists()


class TestDocument:
    @pytest.fixture
    def url(self, relation):
        return reverse("relations:document_new", args=[relation.pk])

    def test_that_is_uploaded_takes_the_name_of_its_file(self, as_employee, url):
        as_employee.post(url, {"file": upload("Huurovereenkomst 2026.pdf")})

        item = DossierItem.objects.get()
        assert (item.title, item.location) == ("Huurovereenkomst 2026", "")
        assert item.file.read() == PDF

    @pytest.mark.parametrize("sent", [{}, {"file": True, "location": "R:/huur.pdf"}])
    def test_is_an_upload_or_a_reference(self, as_employee, url, sent):
        sent = {"title": "Huur", **sent} | ({"file": upload()} if "file" in sent else {})

        answer = as_employee.post(url, sent)

        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])
        assert not DossierItem.objects.exists()

    def test_elsewhere_needs_a_title(self, as_employee, url):
        answer = as_employee.post(url, {"location": "R:/huur.pdf"})

        assert list(answer.context["form"].errors) == ["title"]

    def test_gets_another_file_in_its_place(self, as_employee):
        item = factories.UploadedDossierItemFactory(title="Huur")

        as_employee.post(
            reverse("relations:document_edit", args=[item.pk]),
            {"title": "Huur", "file": upload(content=PDF + b"twee"), "seen": '{"title": ["Huur"], "owner": []}'},
        )

        item.refresh_from_db()
        assert item.file.read() == PDF + b"twee"

    def test_keeps_its_file_when_only_its_title_changes(self, as_employee):
        item = factories.UploadedDossierItemFactory(title="Huur")

        as_employee.post(
            reverse("relations:document_edit", args=[item.pk]),
            {"title": "Huur 2026", "seen": '{"title": ["Huur"], "owner": []}'},
        )

        item.refresh_from_db()
        assert (item.title, item.file.read()) == ("Huur 2026", b"huur")
