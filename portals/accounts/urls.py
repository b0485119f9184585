from django.urls import path

from portals.accounts.views import accounts, bulk, types

urlpatterns = [
    path("relaties/<int:pk>/gebruikers/", accounts.relation_accounts, name="relation_accounts"),
    path("gebruikers/<int:pk>/wachtwoordmail/", accounts.account_link, name="account_link"),
    path("gebruikers/<int:pk>/blokkade/", accounts.account_block, name="account_block"),
    path("gebruikers/<int:pk>/deblokkade/", accounts.account_unblock, name="account_unblock"),
    path("gebruikers/<int:pk>/verwijdering/", accounts.account_delete, name="account_delete"),
    path("bulkbewerking/<int:pk>/gebruikers/maken/", bulk.create_accounts, name="create_accounts"),
    path("bulkbewerking/<int:pk>/gebruikers/wachtwoorden/", bulk.reset_passwords, name="reset_passwords"),
    path("bulkbewerking/<int:pk>/gebruikers/blokkeren/", bulk.block_accounts, name="block_accounts"),
    path("bulkbewerking/<int:pk>/gebruikers/deblokkeren/", bulk.unblock_accounts, name="unblock_accounts"),
    path("bulkbewerking/<int:pk>/gebruikers/verwijderen/", bulk.delete_accounts, name="delete_accounts"),
    path("beheer/accounttypen/", types.account_type_list, name="account_type_list"),
    path("beheer/accounttypen/<int:pk>/", types.account_type, name="account_type"),
    path("beheer/accounttypen/<int:pk>/verwijdering/", types.account_type_removal, name="account_type_removal"),
]
