"""The community: what customers write to each other, and what is left of it (R77)."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portals.models import CommunityPost, Reaction, ReactionKind
from tests.archiving.acting import archive, erase, restore
from tests.factories import CommunityPostFactory, PortalAccountFactory, ReactionFactory, RelationFactory
from tests.portals.customers import come_in

pytestmark = pytest.mark.django_db
COMMUNITY = reverse("customer:community")


@pytest.fixture
def account():
    return PortalAccountFactory(active=True, name="Clara")


@pytest.fixture
def inside(client, account):
    return come_in(client, account)


def page_of(post):
    return reverse("customer:post", args=[post.pk])


def shown(client):
    return {post.pk: post for post in client.get(COMMUNITY).context["posts"]}


class TestWriting:
    def test_is_read_by_all_under_the_own_name(self, client, inside, account):
        inside.post(COMMUNITY, {"text": "Hoe dien ik een suppletie in?"})

        post = CommunityPost.objects.get()
        reader = come_in(client, PortalAccountFactory(active=True))
        page = reader.get(COMMUNITY).content.decode()
        assert (post.relation, post.author_name) == (account.relation, "Clara")
        assert "Hoe dien ik een suppletie in?" in page
        assert account.email not in page
        assert account.relation.name not in page

    def test_never_shows_the_address_of_who_has_no_name(self, client):
        nameless = PortalAccountFactory(active=True, name="")

        come_in(client, nameless).post(COMMUNITY, {"text": "Hallo"})

        assert CommunityPost.objects.get().author_name == "Klant"

    def test_runs_nothing_of_what_was_typed(self, inside):
        inside.post(COMMUNITY, {"text": "<script>alert(1)</script>"})

        assert "<script>alert" not in inside.get(COMMUNITY).content.decode()

    def test_a_reply_comes_under_the_post(self, inside, account):
        post = CommunityPostFactory()

        inside.post(page_of(post), {"text": "Via het formulier."})

        reply = post.reactions.get()
        assert (reply.kind, reply.text, reply.author_name) == (ReactionKind.REPLY, "Via het formulier.", "Clara")
        assert "Via het formulier." in inside.get(page_of(post)).content.decode()

    def test_nothing_is_refused(self, inside):
        assert inside.post(COMMUNITY, {"text": "\u200b"}).status_code == 422
        assert not CommunityPost.objects.exists()


class TestLiking:
    def test_is_done_and_taken_back(self, inside):
        post = CommunityPostFactory()
        like = reverse("customer:like", args=[post.pk])

        inside.post(like)
        liked = shown(inside)[post.pk]
        inside.post(like)

        assert (liked.likes, liked.is_liked) == (1, True)
        assert shown(inside)[post.pk].likes == 0

    def test_counts_once_a_relation(self):
        """The database keeps it."""
        like = ReactionFactory(kind=ReactionKind.LIKE, text="")

        with pytest.raises(IntegrityError), transaction.atomic():
            ReactionFactory(kind=ReactionKind.LIKE, text="", post=like.post, relation=like.relation)


class TestAfterArchiving:
    def test_what_was_to_be_kept_stays_readable(self, inside, admin):
        """R77: keep"""
        post = CommunityPostFactory(author_name="Bram", text="Bedankt!")

        archive(post.relation, by=admin, community="keep")

        assert (shown(inside)[post.pk].author, shown(inside)[post.pk].text) == ("Bram", "Bedankt!")

    def test_what_was_to_be_deleted_is_gone_until_it_is_restored(self, inside, admin):
        """R77: delete"""
        post, reaction = CommunityPostFactory(), ReactionFactory()
        archive(post.relation, reaction.relation, by=admin, community="delete")

        hidden = shown(inside)
        restore(post.relation, reaction.relation, by=admin)

        assert hidden.keys() == {reaction.post_id}
        assert hidden[reaction.post_id].replies == 0
        assert shown(inside).keys() == {post.pk, reaction.post_id}
        assert inside.get(page_of(reaction.post)).context["replies"].count() == 1


class TestAfterErasing:
    @pytest.mark.parametrize(("choice", "text"), [("keep", "Bedankt!"), ("delete", "verwijderd")])
    def test_nobody_knows_the_author_any_more(self, inside, admin, choice, text):
        """R77: the author is anonymised, the text kept or deleted"""
        post = CommunityPostFactory(author_name="Bram", text="Bedankt!")
        ReactionFactory(post=post, relation=RelationFactory(), text="Graag gedaan.")
        archive(post.relation, by=admin, community=choice)

        erase(post.relation, by=admin, community=choice)

        page = inside.get(page_of(post))
        assert (page.context["post"].author, page.context["post"].text) == ("Verwijderd", text)
        assert "Graag gedaan." in page.content.decode()
        assert "Bram" not in page.content.decode()

    def test_nothing_is_left_of_what_nobody_replied_to(self, inside, admin):
        """R77"""
        post = CommunityPostFactory()
        archive(post.relation, by=admin, community="keep")

        erase(post.relation, by=admin, community="delete")

        assert shown(inside) == {}

    def test_own_reactions_are_gone(self, inside, admin):
        """R77"""
        reaction = ReactionFactory()
        archive(reaction.relation, by=admin)

        erase(reaction.relation, by=admin)

        assert not Reaction.objects.exists()


class TestTheList:
    def test_takes_the_same_number_of_queries_for_many(self, inside):
        counts = []
        for size in (3, 30):
            for post in CommunityPostFactory.create_batch(size):
                ReactionFactory(post=post)
            with CaptureQueriesContext(connection) as queries:
                inside.get(COMMUNITY)
            counts.append(len(queries))

        assert counts[0] == counts[1]
