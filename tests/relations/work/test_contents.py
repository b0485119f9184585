"""What hangs under a task: the checklist, documents and other references; and changing the task itself."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.core.refusals import Refusal
from relations.models import Task
from relations.work import contents as task_contents
from tests.archiving.acting import archive, erase
from tests.factories import AdminFactory, DossierItemFactory, RelationFactory, TaskFactory, TaskLinkFactory

pytestmark = pytest.mark.django_db


def send(client, name, *args, **fields):
    return client.post(reverse(f"relations:{name}", args=args), fields)


def page(client, task):
    return client.get(reverse("relations:task", args=[task.pk]))


class TestAChecklist:
    @pytest.fixture
    def task(self):
        return TaskLinkFactory(task__checklist=task_contents.items_of(["Aansluiten", "Bespreken"])).task

    def items(self):
        return [(item["text"], item["done"]) for item in Task.objects.get().checklist]

    def test_is_written_a_line_an_item(self, as_employee):
        fields = {"relation": RelationFactory().number, "subject": "Jaarrekening", "items": "Aansluiten\n\n Bespreken "}

        as_employee.post("/taken/nieuw/", fields)

        assert self.items() == [("Aansluiten", False), ("Bespreken", False)]

    def test_is_ticked_and_cleared(self, as_employee, task):
        send(as_employee, "task_item", task.pk, 2, done="1")
        ticked = self.items()
        send(as_employee, "task_item", task.pk, 2, done="0")

        assert ticked == [("Aansluiten", False), ("Bespreken", True)]
        assert self.items()[1] == ("Bespreken", False)

    def test_ticked_twice_is_ticked(self, as_employee, task):
        for _ in range(2):
            send(as_employee, "task_item", task.pk, 1, done="1")

        assert self.items()[0] == ("Aansluiten", True)

    def test_grows_and_shrinks(self, as_employee, task):
        send(as_employee, "task_items", task.pk, text="Deponeren")
        send(as_employee, "task_item_removal", task.pk, 1)

        assert self.items() == [("Bespreken", False), ("Deponeren", False)]

    def test_gives_no_number_twice(self, as_employee, task):
        """A tick on a page that is not fresh must not land on another item."""
        send(as_employee, "task_item_removal", task.pk, 1)
        send(as_employee, "task_items", task.pk, text="Deponeren")

        answer = send(as_employee, "task_item", task.pk, 1, done="1")

        assert answer.status_code == 409
        assert self.items() == [("Bespreken", False), ("Deponeren", False)]

    @pytest.mark.parametrize("text", ["", " \u200b", "x" * 201])
    def test_takes_no_item_that_says_nothing_or_too_much(self, as_employee, task, text):
        answer = send(as_employee, "task_items", task.pk, text=text)

        assert answer.status_code == 422
        assert len(self.items()) == 2

    def test_is_not_endless(self, as_employee, task):
        Task.objects.update(checklist=task_contents.items_of(["punt"] * task_contents.MOST))

        assert send(as_employee, "task_items", task.pk, text="nog een").status_code == 422

    @pytest.mark.parametrize("done", ["", "ja", "2"])
    def test_understands_ticks_only(self, as_employee, task, done):
        assert send(as_employee, "task_item", task.pk, 1, done=done).status_code == 400

    def test_shows_in_the_list_how_far_it_is(self, as_employee, task):
        send(as_employee, "task_item", task.pk, 1, done="1")

        assert "1 van 2" in as_employee.get("/taken/").content.decode()

    def test_of_an_archived_relation_can_be_ticked(self, as_employee, employee, task):
        """R14, 1F"""
        archive(task.relations.get(), by=employee)

        send(as_employee, "task_item", task.pk, 1, done="1")

        assert self.items()[0] == ("Aansluiten", True)


class TestReferences:
    @pytest.fixture
    def link(self):
        return TaskLinkFactory()

    def test_name_a_document_of_a_linked_relation(self, as_employee, link):
        document = DossierItemFactory(relation=link.relation, title="Huurcontract")

        send(as_employee, "task_documents", link.task_id, document=document.pk)

        assert [each["title"] for each in page(as_employee, link.task).context["references"]] == ["Huurcontract"]

    def test_name_no_document_of_another_relation(self, as_employee, employee, link):
        document = DossierItemFactory()

        answer = send(as_employee, "task_documents", link.task_id, document=document.pk)
        with pytest.raises(Refusal):
            task_contents.add_document(link.task, document, by=employee)

        assert answer.status_code == 422
        assert Task.objects.get().references == []

    def test_name_a_document_once(self, as_employee, employee, link):
        document = DossierItemFactory(relation=link.relation)
        send(as_employee, "task_documents", link.task_id, document=document.pk)

        again = send(as_employee, "task_documents", link.task_id, document=document.pk)

        assert again.status_code == 422
        assert len(Task.objects.get().references) == 1

    def test_name_anything_else_and_where_it_is(self, as_employee, link):
        send(as_employee, "task_references", link.task_id, title="Werkprogramma", location="R:/programma.xlsx")

        assert Task.objects.get().references == [{"key": 1, "title": "Werkprogramma", "location": "R:/programma.xlsx"}]
        assert "R:/programma.xlsx" in page(as_employee, link.task).content.decode()

    def test_need_a_title(self, as_employee, link):
        assert send(as_employee, "task_references", link.task_id, title="").status_code == 422
        assert Task.objects.get().references == []

    def test_are_binned(self, as_employee, link):
        send(as_employee, "task_references", link.task_id, title="Werkprogramma")

        send(as_employee, "task_reference_removal", link.task_id, 1)

        assert Task.objects.get().references == []

    def test_outlive_a_document_without_its_title(self, as_employee, employee, link):
        """R29, R32: the document of an erased relation is gone, the task of another one stays"""
        document = DossierItemFactory(relation=link.relation, title="Geheim contract")
        send(as_employee, "task_documents", link.task_id, document=document.pk)
        TaskLinkFactory(task=link.task)
        archive(link.relation, by=employee)

        erase(link.relation, by=AdminFactory())

        shown = page(as_employee, link.task).content.decode()
        assert "Geheim contract" not in shown
        assert "Dit document is verwijderd, of u mag het niet zien." in shown

    def test_take_as_many_queries_for_many(self, as_employee, link):
        counts = []
        for size in (3, 30):
            documents = DossierItemFactory.create_batch(size, relation=link.relation)
            references = [{"key": key, "document": each.pk} for key, each in enumerate(documents, start=1)]
            Task.objects.update(references=references, checklist=task_contents.items_of(["punt"] * size))
            with CaptureQueriesContext(connection) as queries:
                page(as_employee, link.task)
            counts.append(len(queries))

        assert counts[0] == counts[1]


class TestChanging:
    def opened(self, client, task):
        form = client.get(reverse("relations:task_edit", args=[task.pk])).context["form"]
        return {"subject": task.subject, "text": "", "assignee": "", "rhythm": "", "seen": form["seen"].value()}

    def test_saves_what_was_typed(self, as_employee, employee):
        task = TaskLinkFactory().task

        send(as_employee, "task_edit", task.pk, **self.opened(as_employee, task) | {"subject": "Suppletie"})

        assert Task.objects.get().subject == "Suppletie"
        assert Task.history.first().history_user == employee

    def test_does_not_undo_what_a_colleague_saved_meanwhile(self, as_employee):
        """Theirs, mine and the original are shown; nothing is saved."""
        task = TaskLinkFactory(task__subject="Btw").task
        fields = self.opened(as_employee, task)
        task.subject = "Btw van de collega"
        task.save()

        answer = send(as_employee, "task_edit", task.pk, **fields | {"subject": "Btw van mij"})

        assert answer.status_code == 409
        assert all(text in answer.content.decode() for text in ("Btw van de collega", "Btw van mij"))
        assert Task.objects.get().subject == "Btw van de collega"

    def test_keeps_the_checklist_that_was_ticked_meanwhile(self, as_employee):
        task = TaskFactory(checklist=task_contents.items_of(["Aansluiten"]))
        fields = self.opened(as_employee, task)
        send(as_employee, "task_item", task.pk, 1, done="1")

        send(as_employee, "task_edit", task.pk, **fields | {"subject": "Anders"})

        assert Task.objects.get().subject == "Anders"
        assert Task.objects.get().checklist[0]["done"]

    @pytest.mark.parametrize("wrong", [{"subject": ""}, {"assignee": "0"}, {"due_on": "31-02-2026"}])
    def test_says_what_is_wrong_and_changes_nothing(self, as_employee, wrong):
        task = TaskLinkFactory().task

        answer = send(as_employee, "task_edit", task.pk, **self.opened(as_employee, task) | wrong)

        assert answer.status_code == 422
        assert Task.objects.get().subject == "BTW-aangifte"
