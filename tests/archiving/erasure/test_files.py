"""R28, R29, R34, R92: which files go when a relation is erased, and which stay."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from archiving.erasure import files
from archiving.plans.erase import plan_erase
from tests import factories
from tests.archiving.acting import archived, erase

pytestmark = pytest.mark.django_db


class TestFiles:
    def test_of_own_uploads_go_after_the_act(self, admin):
        """R92"""
        item = factories.UploadedDossierItemFactory()
        archived(item.relation, admin)

        erase(item.relation, by=admin)
        assert default_storage.exists(item.file.name)
        files.remove_marked()

        assert not default_storage.exists(item.file.name)

    def test_stay_when_so_chosen(self, admin):
        """R28, R29"""
        item = factories.UploadedDossierItemFactory()
        archived(item.relation, admin)

        erase(item.relation, by=admin, keep_files=[item.pk])
        files.remove_marked()

        assert default_storage.exists(item.file.name)

    def test_are_told_beforehand(self, admin):
        """R23, R92"""
        item = factories.UploadedDossierItemFactory()
        archived(item.relation, admin)

        (found,) = plan_erase([item.relation_id]).files

        assert (found.id, found.title, found.path) == (item.pk, item.title, item.file.name)

    def test_of_uploads_that_were_replaced_go(self, admin):
        """R32, R92: only the history still knows them."""
        document = factories.UploadedDossierItemFactory()
        replaced = document.file.name
        document.file = ContentFile(b"nieuw", name="nieuw.txt")
        document.save()
        archived(document.relation, admin)

        erase(document.relation, by=admin, keep_files=[document.pk])
        files.remove_marked()

        assert not default_storage.exists(replaced)
        assert default_storage.exists(document.file.name)

    def test_of_a_deleted_document_go(self, admin):
        """R32"""
        document = factories.UploadedDossierItemFactory()
        relation, path = document.relation, document.file.name
        document.delete()
        archived(relation, admin)

        erase(relation, by=admin)
        files.remove_marked()

        assert not default_storage.exists(path)

    def test_of_a_document_that_moved_to_another_relation_stay(self, admin):
        document = factories.UploadedDossierItemFactory()
        relation = document.relation
        document.relation = factories.RelationFactory()
        document.save()
        archived(relation, admin)

        erase(relation, by=admin)
        files.remove_marked()

        assert default_storage.exists(document.file.name)

    @pytest.mark.parametrize("role", ["relation", "debtor"])
    def test_of_invoices_go_with_their_path(self, role, admin):
        """R34: the PDF shows the addressee, whoever's invoice it is."""
        invoice = factories.InvoiceFactory(settled=True, debtor=factories.RelationFactory())
        invoice.pdf.save("factuur.pdf", ContentFile(b"aan Jansen"))
        path, relation = invoice.pdf.name, getattr(invoice, role)
        archived(relation, admin)

        erase(relation, by=admin)
        files.remove_marked()

        invoice.refresh_from_db()
        assert not invoice.pdf
        assert not default_storage.exists(path)

    def test_that_are_missing_are_no_failure(self, admin):
        item = factories.UploadedDossierItemFactory()
        default_storage.delete(item.file.name)
        archived(item.relation, admin)

        erase(item.relation, by=admin)

        assert files.remove_marked() == 1
