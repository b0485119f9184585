from django.urls import path

from billing.agreements.views import kept, orders, price_agreements, quotes, subscriptions

urlpatterns = [
    path("relaties/<int:pk>/nieuwe-prijsafspraak/", price_agreements.agreement_new, name="agreement_new"),
    path("prijsafspraken/<int:pk>/", price_agreements.agreement, name="agreement"),
    path("relaties/<int:pk>/offertes/nieuw/", quotes.quote_new, name="quote_new"),
    path("offertes/<int:pk>/", quotes.quote_edit, name="quote_edit"),
    path("relaties/<int:pk>/open-orders/", orders.relation_orders, name="relation_orders"),
    path("orders/<int:pk>/levering/", orders.order_delivery, name="order_delivery"),
    path("orders/<int:pk>/facturering/", orders.order_invoicing, name="order_invoicing"),
    path("relaties/<int:pk>/alle-abonnementen/", subscriptions.relation_subscriptions, name="relation_subscriptions"),
    path("relaties/<int:pk>/nieuw-abonnement/", kept.subscription_new, name="subscription_new"),
    path("abonnementen/<int:pk>/bewerken/", kept.subscription_edit, name="subscription_edit"),
    path("abonnementen/<int:pk>/einde/", subscriptions.subscription_end, name="subscription_end"),
    path("relaties/<int:pk>/incasso-afspraken/nieuw/", kept.mandate_new, name="mandate_new"),
    path("incasso-afspraken/<int:pk>/", kept.mandate_edit, name="mandate_edit"),
    path("relaties/<int:pk>/toezeggingen/nieuw/", kept.pledge_new, name="pledge_new"),
    path("toezeggingen/<int:pk>/", kept.pledge_edit, name="pledge_edit"),
]
