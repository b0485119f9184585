"""The sentences of demo data: notes, activities, tasks, messages, titles."""

NOTES = (
    "Wil maandelijkse cijfers, uiterlijk op de tiende.",
    "Belt liever dan mailt; na vier uur goed bereikbaar.",
    "Heeft een tweede vestiging in gedachten, begin volgend jaar.",
    "Stukken voor de jaarrekening komen per post.",
    "Voorlopige aanslag bezwaar gemaakt, wacht op de uitspraak.",
    "Nieuwe bankrekening doorgegeven, incasso aangepast.",
    "Overweegt de rechtsvorm te wijzigen in een B.V.",
    "Kasadministratie is op orde, complimenten gegeven.",
    "Vraagt om uitstel voor de aangifte vennootschapsbelasting.",
    "De leaseauto wordt ingeruild; bijtelling nakijken.",
    "Personeel groeit naar acht mensen, salarisadministratie uitgebreid.",
    "Ontevreden over de doorlooptijd; afgesproken dat we binnen een week antwoorden.",
    "Facturen graag naar het algemene mailadres.",
    "Huurcontract van het pand loopt over een jaar af.",
    "Vakantie in de eerste drie weken van augustus.",
    "Machtiging bij de Belastingdienst aangevraagd.",
    "Kasstroomoverzicht besproken, geen bijzonderheden.",
    "Ziekteverzuim gemeld, loondoorbetaling uitgelegd.",
    "Subsidieaanvraag ingediend, uitkomst volgt in het voorjaar.",
    "Identiteitsbewijs gecontroleerd en kopie in het dossier.",
    "Wil de pensioenregeling bespreken met een adviseur.",
    "Stapt over op ons boekhoudpakket, inrichting loopt.",
)
# kind|subject
ACTIVITIES = (
    "call|Kennismaking",
    "call|Vraag over de btw-aangifte",
    "call|Terugbelverzoek afgehandeld",
    "call|Openstaande posten doorgenomen",
    "visit|Jaargesprek op kantoor",
    "visit|Bezoek aan de werkplaats",
    "visit|Bespreking tussentijdse cijfers",
    "service|Inrichting boekhoudpakket",
    "service|Koppeling met de bank hersteld",
    "service|Uitleg salarisstroken",
    "sales|Offerte maandcijfers besproken",
    "sales|Uitbreiding salarisadministratie",
    "sales|Overstap van vorig kantoor",
    "mailing|Eindejaarstips verstuurd",
    "mailing|Uitnodiging klantenavond",
)
TASKS = (
    "Btw-aangifte kwartaal",
    "Jaarrekening controleren",
    "Aangifte inkomstenbelasting",
    "Aangifte vennootschapsbelasting",
    "Loonaangifte verwerken",
    "Suppletie indienen",
    "Ontbrekende bonnen opvragen",
    "Offerte maandcijfers maken",
    "Dossier bijwerken",
    "Publicatiestukken deponeren",
    "Bankafschriften inlezen",
    "Begroting opstellen",
    "Bezwaarschrift opstellen",
    "Machtiging vernieuwen",
    "Uitstel aanvragen",
)
CHECKLIST = (
    "Stukken van de klant compleet",
    "Beginbalans sluit aan",
    "Voorraad en debiteuren nagelopen",
    "Concept besproken",
    "Getekend exemplaar in het dossier",
)
SUPPORT_TASKS = (
    "Kan niet inloggen in de klantomgeving",
    "Koppeling met de bank geeft een fout",
    "Rapport toont verkeerde periode",
    "Nieuwe gebruiker toevoegen",
    "Scan en herken werkt niet",
    "Factuursjabloon aanpassen",
)
APPOINTMENTS = (
    "Jaargesprek",
    "Bespreking jaarrekening",
    "Kennismakingsgesprek",
    "Tussentijdse cijfers",
    "Btw-controle voorbereiden",
    "Loonadministratie doornemen",
    "Intake nieuwe onderneming",
    "Fiscale planning",
)
# direction|subject|body
MESSAGES = (
    "in|Vraag over de aangifte|Kunt u mij bellen over de laatste aangifte? Ik begrijp het bedrag niet.",
    "in|Stukken compleet|In de bijlage vindt u de laatste bonnen van dit kwartaal.",
    "in|Adreswijziging|Vanaf de eerste van de maand werken wij vanuit een ander pand.",
    "in|Factuur ontvangen|Wij hebben uw factuur ontvangen en betalen aan het eind van de maand.",
    "in|Nieuwe medewerker|Per 1 september komt er iemand bij ons in dienst. Wat heeft u nodig?",
    "out|Concept-jaarrekening|Het concept staat klaar. Wilt u het binnen twee weken bekijken?",
    "out|Btw-aangifte ingediend|De aangifte is ingediend. Het bedrag wordt automatisch afgeschreven.",
    "out|Ontbrekende stukken|Wij missen nog de bankafschriften van de laatste maand.",
    "out|Afspraak bevestigd|Hierbij bevestig ik onze afspraak. Tot dan!",
    "out|Eindejaarstips|Hieronder vindt u de tips waar u dit jaar nog iets mee kunt doen.",
)
CONTRACTS = (
    "Opdrachtbevestiging samenstellen jaarrekening",
    "Opdrachtbevestiging administratie",
    "Opdrachtbevestiging salarisadministratie",
    "Verwerkersovereenkomst",
    "Serviceovereenkomst",
)
DOCUMENTS = (
    "Kopie huurovereenkomst",
    "Uittreksel handelsregister",
    "Kopie identiteitsbewijs",
    "Leaseovereenkomst",
    "Oprichtingsakte",
    "Polis aansprakelijkheid",
    "Aandeelhoudersregister",
)
WORK = (
    "Boekhouding verwerkt",
    "Btw-aangifte",
    "Jaarrekening samengesteld",
    "Advies per telefoon",
    "Loonadministratie",
    "Aangifte inkomstenbelasting",
    "Bespreking cijfers",
    "Controle bankmutaties",
    "Suppletie uitgezocht",
    "Correspondentie Belastingdienst",
    "Begroting besproken",
)
INTERNAL_WORK = ("Dossier bijgewerkt", "Reistijd", "Intern overleg", "Acceptatie en WWFT-onderzoek")
# product|price a month
PRODUCTS = ("Online boekhouden|29.50", "Online salaris|42.00", "Scan en herken|17.50", "Klantomgeving Plus|12.50")
POSTS = (
    "Hoe dien ik een suppletie in?",
    "Waar vind ik de jaaropgaaf van vorig jaar?",
    "Tip: met de app een bon scannen werkt ook bij weinig licht.",
    "Kan ik twee bankrekeningen koppelen?",
    "De nieuwe rapporten zien er goed uit.",
    "Wie heeft ervaring met de koppeling met een kassasysteem?",
)
REPLIES = (
    "Via het formulier onder Aangiftes.",
    "Dat lukte bij mij na opnieuw koppelen.",
    "Bij ons staat het onder Documenten.",
    "Dank, dat werkte!",
)
