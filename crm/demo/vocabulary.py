"""The words demo data is made of. Every combination is made up; all e-mail domains end in .example."""


def words(text):
    """The words of a list with commas."""
    return tuple(" ".join(word.split()) for word in text.split(","))


GIVEN_NAMES = words("""
    Anna, Bas, Carla, Daan, Eline, Femke, Gijs, Hanna, Ilse, Jasper, Karin, Lars, Maaike, Niels, Olga, Paul,
    Quirine, Roos, Sander, Tess, Umut, Vera, Wouter, Yara, Zoë, Ahmed, Bram, Chantal, Dirk, Esra, Floris, Greet,
    Hugo, Iris, Joris, Koen, Lotte, Mees, Nora, Otto, Petra, Rik, Samira, Thijs, Ursula, Vincent, Willemijn,
    Yusuf, Amber, Boris, Cees, Dunya, Erik, Fenna, Gerard, Hilde, Ivo, Janneke, Kees, Lieke, Marit, Noud, Oscar,
    Priya, Rens, Saskia, Teun, Vivian, Wim, Anouk, Bart, Claire, Dewi, Evert, Frank, Guus, Henk, Imke
""")

# prefix|name
FAMILY_NAMES = words("""
    van der|Meer, de|Groot, |Jansen, van|Dijk, |Bakker, |Visser, de|Boer, |Mulder, |Vermeulen, van den|Berg,
    |Hoekstra, |Smeets, |Willems, van|Leeuwen, |Kuipers, de|Bruijn, |Postma, van der|Linden, |Verhoeven,
    |Schouten, |Yilmaz, de|Lange, |Hermans, van|Beek, |Veenstra, |Kok, |Peeters, ten|Brink, |Dekker, van
    der|Wal, |Brouwer, |Aydin, |Maas, de|Haan, |Koster, van|Rossum, |Blom, |Huisman, |Nguyen, |Prins, van
    der|Velde, |Scholten, |Molenaar, de|Ridder, |Timmer, |Gerritsen, van den|Heuvel, |Bosman, |Wiersma, |Kramer,
    |Sahin, de|Vos, |Kooistra, |Rademaker, van|Ommen, |Driessen, |Zijlstra, ter|Horst, |Lammers, |Benali,
    de|Graaf, |Dijkstra, |Hofman, van der|Heijden, |Rutten, |Tuinstra, |Jacobs, |Ramdin, van|Vliet, |Kuiper,
    |Boonstra, |Damen, de|Wolf, |Schipper, |Haddad, van der|Laan, |Meijer, |Evers, |Oosterhuis, in't|Veld,
    |Santos, van|Wijk, |Bos, |Kuijpers, |Nijland, |Chen, de|Roos, |Vink, |Tol, |Slagter
""")

STREETS = words("""
    Dorpsstraat, Kerkstraat, Molenweg, Stationsstraat, Schoolstraat, Nieuwstraat, Parallelweg, Havenkade,
    Industrieweg, Julianalaan, Wilhelminastraat, Beukenlaan, Eikenlaan, Lindelaan, Kastanjelaan, Marktplein,
    Raadhuisplein, Brink, Singel, Oudegracht, Ambachtsweg, Nijverheidsweg, Handelskade, Energieweg, Tuinstraat,
    Veldweg, Zandpad, Dijkweg, Waterstraat, Bergweg, Hoofdstraat, Prinsengracht, Koningsweg, Vondelstraat,
    Rembrandtlaan, Hobbemastraat, Leeuwerikstraat, Merellaan, Zwaluwstraat, Meidoornlaan, Weverstraat,
    Smederijstraat, Bakkerspad, Griendweg, Polderweg, Meentweg, Zeedijk, Torenlaan, Kloosterstraat, Abdijlaan
""")

# city|lowest digits of its postal codes|area code
PLACES = words("""
    Utrecht|3511|30, Amersfoort|3811|33, Zeist|3701|30, Houten|3991|30, Nieuwegein|3431|30, Woerden|3441|348,
    Amsterdam|1011|20, Haarlem|2011|23, Hilversum|1211|35, Alkmaar|1811|72, Hoorn|1621|229, Rotterdam|3011|10,
    Delft|2611|15, Leiden|2311|71, Gouda|2801|182, Dordrecht|3311|78, Zoetermeer|2711|79, Eindhoven|5611|40,
    Tilburg|5011|13, Breda|4811|76, Oss|5341|412, Helmond|5701|492, Waalwijk|5141|416, Nijmegen|6511|24,
    Arnhem|6811|26, Apeldoorn|7311|55, Ede|6711|318, Zwolle|8011|38, Deventer|7411|570, Enschede|7511|53,
    Almelo|7601|546, Groningen|9711|50, Assen|9401|592, Emmen|7811|591, Leeuwarden|8911|58, Sneek|8601|515,
    Drachten|9201|512, Lelystad|8221|320, Almere|1311|36, Middelburg|4331|118, Goes|4461|113,
    Maastricht|6211|43, Venlo|5911|77, Roermond|6041|475, Sittard|6131|46
""")

# trade|what kind of work it is, a tag
TRADES = words("""
    Bakkerij|Horeca, Slagerij|Detailhandel, Bouwbedrijf|Bouw, Aannemersbedrijf|Bouw, Schildersbedrijf|Bouw,
    Timmerbedrijf|Bouw, Installatiebedrijf|Bouw, Loodgieter|Bouw, Hoveniersbedrijf|Agrarisch,
    Kwekerij|Agrarisch, Loonbedrijf|Agrarisch, Melkveebedrijf|Agrarisch, Autobedrijf|Detailhandel,
    Garage|Detailhandel, Rijschool|Dienstverlening, Transportbedrijf|Transport, Koeriersdienst|Transport,
    Restaurant|Horeca, Eetcafé|Horeca, Hotel|Horeca, Lunchroom|Horeca, Kapsalon|Dienstverlening,
    Schoonheidssalon|Dienstverlening, Fysiotherapie|Zorg, Tandartspraktijk|Zorg, Huisartsenpraktijk|Zorg,
    Dierenartspraktijk|Zorg, Kinderopvang|Zorg, Apotheek|Zorg, Thuiszorg|Zorg, Drukkerij|Dienstverlening,
    Reclamebureau|Dienstverlening, Architectenbureau|Dienstverlening, Adviesbureau|Dienstverlening,
    Schoonmaakbedrijf|Dienstverlening, Makelaardij|Vastgoed, Vastgoedbeheer|Vastgoed, Meubelmakerij|Bouw,
    Rijwielhandel|Detailhandel, Bloemisterij|Detailhandel, Boekhandel|Detailhandel, Kaashandel|Detailhandel,
    Wijnhandel|Detailhandel, Machinefabriek|Techniek, Metaalbewerking|Techniek, Elektrotechniek|Techniek,
    Webbureau|Techniek, Softwarehuis|Techniek, Kassasystemen|Techniek, Uitgeverij|Dienstverlening
""")

LANDMARKS = words("""
    De Oude Molen, De Gouden Korenaar, Het Witte Paard, De Drie Linden, De Blauwe Reiger, De Zilveren Maan,
    De Hoge Brug, De Nieuwe Haven, De Groene Weide, De Rode Pannen, Het Zonnetje, De Stadspoort, Het Zuiderlicht,
    De Noordenwind, De Vier Ambachten, De Kleine Beer, De Waterlelie, De Eikenhof, De Lindehof, Het Klaverblad,
    Het Oosterpark, De Westerkade, Buitenlust, De Rozenhof, De Korenbloem, Het Tolhuis, De Vlinder, De Houtstek,
    De Lichtstad, De Veerpont
""")

BRANCHES = words("""
    Horeca, Vastgoed, Installatie, Bouw, Catering, Events, Logistiek, Media, Zorg, Interieur, Groen, Techniek,
    Trading, Support, Advies
""")

CAUSES = words("""
    Vrienden van het Park, Oud Papier, Buurthuis De Brug, Muziekschool, Speeltuin Het Nest, Voedselbank,
    Openluchttheater, Dierenweide, Historische Kring, Jeugdwerk, Zomerfeesten, Kinderboerderij, Leerorkest,
    Natuurwacht, Repair Café
""")

CLUBS = words("""
    Tennisclub, Voetbalvereniging, Harmonie, Schaakclub, Zwemvereniging, Toneelgroep, Wandelclub,
    Ondernemersvereniging, Volkstuinvereniging, Vereniging van Eigenaars
""")

TAGS = words("""
    Horeca, Bouw, Zorg, Detailhandel, Dienstverlening, Techniek, Transport, Agrarisch, Vastgoed, MKB, Holding,
    Starter, Salaris, IB, Jaarrekening, Controleplichtig
""")

FUNCTIONS = words("""
    Directeur, Eigenaar, Administrateur, Financieel manager, Office manager, Secretaris, Penningmeester,
    Bestuurslid, Boekhouder, Controller, Bedrijfsleider, Vennoot, Personeelszaken, Inkoper
""")

DEPARTMENTS = ("", "", "Directie", "Administratie", "Personeelszaken", "Inkoop", "Bestuur")
