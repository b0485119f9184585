from django.urls import path

from portals.views import (
    account_types,
    accounts,
    bulk_accounts,
    conversations,
    mail,
    portal_links,
    shared_documents,
)

app_name = "portals"
urlpatterns = [
    path("relaties/<int:pk>/portalkoppelingen/", portal_links.relation_portals, name="relation_portals"),
    path("portalkoppelingen/<int:pk>/ontkoppeling/", portal_links.portal_unlinking, name="portal_unlinking"),
    # accounts of customers: of one relation, of a frozen set, and what the office keeps about them
    path("relaties/<int:pk>/gebruikers/", accounts.relation_accounts, name="relation_accounts"),
    path("gebruikers/<int:pk>/wachtwoordmail/", accounts.account_link, name="account_link"),
    path("gebruikers/<int:pk>/blokkade/", accounts.account_block, name="account_block"),
    path("gebruikers/<int:pk>/deblokkade/", accounts.account_unblock, name="account_unblock"),
    path("gebruikers/<int:pk>/verwijdering/", accounts.account_delete, name="account_delete"),
    path("bulkbewerking/<int:pk>/gebruikers/maken/", bulk_accounts.create_accounts, name="create_accounts"),
    path("bulkbewerking/<int:pk>/gebruikers/wachtwoorden/", bulk_accounts.reset_passwords, name="reset_passwords"),
    path("bulkbewerking/<int:pk>/gebruikers/blokkeren/", bulk_accounts.block_accounts, name="block_accounts"),
    path("bulkbewerking/<int:pk>/gebruikers/deblokkeren/", bulk_accounts.unblock_accounts, name="unblock_accounts"),
    path("bulkbewerking/<int:pk>/gebruikers/verwijderen/", bulk_accounts.delete_accounts, name="delete_accounts"),
    path("beheer/accounttypen/", account_types.account_type_list, name="account_type_list"),
    path("beheer/accounttypen/<int:pk>/", account_types.account_type, name="account_type"),
    path("beheer/accounttypen/<int:pk>/verwijdering/", account_types.account_type_removal, name="account_type_removal"),
    path("beheer/e-mail/", mail.mail, name="mail"),
    # what customers see of a relation
    path("relaties/<int:pk>/gedeelde-documenten/", shared_documents.shared_documents, name="shared_documents"),
    path("documenten/<int:pk>/delen/", shared_documents.document_sharing, name="document_sharing"),
    path("documenten/<int:pk>/niet-delen/", shared_documents.document_unsharing, name="document_unsharing"),
    path("relaties/<int:relation_pk>/vragen/<int:pk>/", conversations.conversation, name="conversation"),
    path("vragen/bijlagen/<int:pk>/", conversations.comment_file, name="comment_file"),
]
