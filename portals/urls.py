from django.urls import path

from portals.accounts.views import accounts
from portals.accounts.views import bulk as bulk_accounts
from portals.accounts.views import types as account_types
from portals.contractants import views as contractants
from portals.conversations import views as conversations
from portals.linking.views import links as portal_links
from portals.linking.views import unlinking
from portals.mailing import views as mail
from portals.relinking.views import files as relinking_files
from portals.relinking.views import relinking
from portals.sharing import views as shared_documents

app_name = "portals"
urlpatterns = [
    path("relaties/<int:pk>/portalkoppelingen/", portal_links.relation_portals, name="relation_portals"),
    path("portalkoppelingen/<int:pk>/ontkoppeling/", portal_links.portal_unlinking, name="portal_unlinking"),
    path("portalkoppelingen/<int:pk>/stand/", portal_links.portal_status, name="portal_status"),
    path("bulkbewerking/<int:pk>/portals/", unlinking.unlink_portals, name="unlink_portals"),
    # contractants: who is linked, and linking by hand
    path("contractanten/", contractants.contractant_list, name="contractant_list"),
    path("contractanten/<int:pk>/", contractants.contractant, name="contractant"),
    path("abonnementen/<int:pk>/", contractants.subscription, name="subscription"),
    path("supporttaken/", contractants.support_tasks, name="support_tasks"),
    # relinking: one, or many from a file
    path("contractanten/<int:pk>/omkoppeling/", relinking.relink, name="relink"),
    path("omkoppelingen/<int:pk>/", relinking.relinking_page, name="relinking"),
    path("omkoppelingen/<int:pk>/ongedaan/", relinking.relinking_undo, name="relinking_undo"),
    path("contractanten/omkoppelen/", relinking_files.relink_file, name="relink_file"),
    path("contractanten/omkoppelen/uitvoering/", relinking_files.relink_file_run, name="relink_file_run"),
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
