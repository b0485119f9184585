"""R92: an upload that no row names is not left on the disk."""

import os
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import FileField
from django.utils import timezone

from archiving.erasure import stray_files
from archiving.models import FileRemoval
from tests import factories
from tests.archiving.acting import archived, erase

pytestmark = pytest.mark.django_db


@pytest.fixture
def sweep():
    """As the sweep goes a day from now, when every transaction of today has ended."""
    return lambda: stray_files.remove(before=timezone.now() + timedelta(seconds=5))


class Undone(Exception):
    pass


def saved_and_undone(make):
    with suppress(Undone), transaction.atomic():
        made = make()
        field = next(field.name for field in made._meta.fields if isinstance(field, FileField))
        if not getattr(made, field):
            getattr(made, field).save("upload.pdf", ContentFile(b"%PDF-"))
        raise Undone
    assert not type(made).objects.filter(pk=made.pk).exists()
    return getattr(made, field).name


class TestAStrayFile:
    @pytest.mark.parametrize(
        "make",
        [
            factories.UploadedDossierItemFactory,
            factories.ActivityAttachmentFactory,
            factories.InvoiceFactory,
            factories.TaskCommentFactory,
        ],
    )
    def test_of_a_transaction_that_was_rolled_back_goes(self, make, sweep):
        name = saved_and_undone(make)
        assert default_storage.exists(name)

        assert sweep() == 1

        assert not default_storage.exists(name)

    def test_waits_while_its_transaction_may_still_be_under_way(self):
        name = saved_and_undone(factories.UploadedDossierItemFactory)

        assert stray_files.remove() == 0

        assert default_storage.exists(name)


class TestLeavesAlone:
    def test_what_a_row_names(self, sweep):
        document = factories.UploadedDossierItemFactory()

        assert sweep() == 0

        assert default_storage.exists(document.file.name)

    def test_what_only_the_history_names(self, sweep):
        document = factories.UploadedDossierItemFactory()
        replaced = document.file.name
        document.file = ContentFile(b"nieuw", name="nieuw.txt")
        document.save()

        assert sweep() == 0

        assert default_storage.exists(replaced)

    def test_what_stays_of_an_erased_relation(self, admin, sweep):
        """R28, R29"""
        document = factories.UploadedDossierItemFactory()
        archived(document.relation, admin)
        erase(document.relation, by=admin, keep_files=[document.pk])

        sweep()

        assert default_storage.exists(document.file.name)

    def test_what_was_kept_before_that_was_written_down(self, sweep):
        name = default_storage.save("dossier/kept.txt", ContentFile(b"blijft"))
        os.utime(default_storage.path(name), (0, 0))

        assert sweep() == 0

        assert default_storage.exists(name)

    def test_what_is_being_removed_already(self, sweep):
        """It is tried again there, and counted."""
        name = default_storage.save("dossier/marked.txt", ContentFile(b"weg"))
        FileRemoval.objects.create(path=name)

        assert sweep() == 0

    def test_what_is_no_upload(self, sweep):
        name = default_storage.save("elsewhere/logo.txt", ContentFile(b"blijft"))

        assert sweep() == 0

        assert default_storage.exists(name)


class TestMany:
    def test_are_asked_of_in_one_question(self, sweep, django_assert_num_queries):
        for number in range(30):
            default_storage.save(f"dossier/{number}.txt", ContentFile(b"weg"))

        with django_assert_num_queries(2):  # since when they are known, and which are named
            assert sweep() == 30

    def test_stay_when_they_belong_to_another_database(self, sweep, monkeypatch, caplog):
        monkeypatch.setattr(stray_files, "FEW", 20)
        for number in range(30):
            default_storage.save(f"dossier/{number}.txt", ContentFile(b"van gisteren"))

        assert sweep() == 0

        assert default_storage.exists("dossier/0.txt")
        assert "30 of 30 files are named nowhere" in caplog.text
