"""Relations, their tags, the people behind them and who works where.

`demo_relation` is the plan all other statements read: who each relation is, since when and until when it is a client,
how much work it gives, and whether all about it is settled (`quiet`), so that nothing keeps it from the archive.
"""

from crm.demo import vocabulary
from crm.demo.shown import ARCHIVED, BARE, DAYS_BETWEEN, LONG_AGO, PROSPECTS, RESTRICTED, SHOWN

HOLDING = "i > {shown} AND mod(i, 20) = 1"  # a group of three: a holding and two that it may pay for


def statements(count, first_number):
    return [_dice(count), _plan(first_number), "ANALYZE demo_relation", *TAGS, RELATIONS, *PEOPLE, *LINKS]


def _dice(count):
    """Who is what, for `count` relations; the first ones are those that show a state each (shown.py)."""
    return f"""
        CREATE TEMP TABLE demo_dice AS
        SELECT i, i <= {SHOWN} AS shown, {HOLDING.format(shown=SHOWN)} AS holding,
            CASE WHEN i > {SHOWN} AND mod(i, 20) IN (1, 2, 3) THEN i - mod(i, 20) + 1 END AS holding_i,
            CASE WHEN i <= {SHOWN} OR mod(i, 20) = 1 OR pg_temp.chance('kind', i, 78) THEN 'organisation' ELSE 'person'
            END AS kind,
            CASE
                WHEN i IN {_list(PROSPECTS)} THEN 'prospect'
                WHEN i IN {_list(ARCHIVED)} AND mod(i, 3) > 0 THEN 'former'
                WHEN i <= {SHOWN} OR mod(i, 20) = 1 THEN 'client'
                WHEN pg_temp.chance('status', i, 72) THEN 'client'
                WHEN pg_temp.chance('status', i, 84) THEN 'prospect'
                ELSE 'former'
            END AS status,
            i IN {_list(BARE)} OR i > {SHOWN} AND pg_temp.chance('bare', i, 40) AS bare
        FROM generate_series(1, {count}) i"""


def _plan(first_number):
    return f"""
        CREATE TEMP TABLE demo_relation AS
        WITH dated AS (
            SELECT dice.*, ended, CASE status WHEN 'former' THEN ended END AS former_since
            FROM demo_dice dice CROSS JOIN LATERAL (
                SELECT pg_temp.today() - CASE
                    WHEN i = {ARCHIVED[-1]} THEN {LONG_AGO + 30}
                    WHEN i IN {_list(ARCHIVED)} THEN {DAYS_BETWEEN} * (i - {RESTRICTED}) + 30
                    WHEN status = 'former' THEN 40 + pg_temp.pick('left', i, 700)
                    ELSE 0
                END AS ended
            ) e
        ), periods AS (
            SELECT dated.*, ended AS last_day,
                CASE status
                    WHEN 'prospect' THEN pg_temp.today() - 10 - pg_temp.pick('came', i, 200)
                    ELSE ended - 400 - pg_temp.pick('came', i, 3600)
                END AS first_day,
                status = 'prospect' OR shown OR status = 'former' AND pg_temp.chance('quiet', i, 85)
                OR NOT holding AND pg_temp.chance('quiet', i, 15) AS quiet,
                pg_temp.family_name(coalesce(holding_i, i)) AS family, pg_temp.given_name(i) AS given,
                pg_temp.trade(i) AS trade, pg_temp.place(coalesce(holding_i, i)) AS place,
                1 + pg_temp.pick('manager', i, 5) AS manager_no, pg_temp.pick('pattern', i, 20) AS pattern
            FROM dated
        ), named AS (
            SELECT periods.*, {NAME} AS stem, {LEGAL_FORM} AS legal_form FROM periods
        )
        SELECT named.*, nextval('relations_relation_id_seq') AS id, (i + {first_number} - 1)::text AS number,
            CASE WHEN kind = 'person' THEN pg_temp.full_name(given, family) ELSE trim(stem || CASE legal_form
                WHEN 'Besloten vennootschap' THEN ' B.V.' WHEN 'Vennootschap onder firma' THEN ' V.O.F.' ELSE '' END)
            END AS name,
            CASE kind WHEN 'person' THEN pg_temp.slug(given || '.' || replace(family, '|', ''))
            ELSE pg_temp.slug(stem) END AS slug,
            pg_temp.employee(manager_no) AS manager_id,
            -- from this day on, billable hours are not invoiced yet (R5)
            CASE
                WHEN quiet THEN pg_temp.today() + 1
                WHEN status = 'former' THEN least(last_day - 60, pg_temp.months_ago(1))
                ELSE pg_temp.months_ago(1)
            END AS unbilled_from,
            CASE WHEN status = 'prospect' THEN 0 WHEN kind = 'person' THEN 6
                ELSE (ARRAY[10, 20, 35, 70])[1 + pg_temp.pick('level', i, 4)] END AS level
        FROM named ORDER BY i"""


NAME = """CASE
    WHEN holding THEN pg_temp.capital(replace(family, '|', ' ')) || ' Holding'
    WHEN pattern < 9 THEN split_part(trade, '|', 1) || ' ' || pg_temp.capital(replace(family, '|', ' '))
    WHEN pattern < 11 THEN pg_temp.capital(replace(family, '|', ' ')) || ' & Zonen'
    WHEN pattern < 14 THEN pg_temp.landmark(i) || ' ' || pg_temp.branch(i)
    WHEN pattern < 16 THEN pg_temp.capital(replace(family, '|', ' ')) || ' ' || pg_temp.branch(i)
    WHEN pattern < 17 THEN split_part(trade, '|', 1) || ' ' || split_part(place, '|', 1)
    WHEN pattern < 18 THEN 'Stichting ' || pg_temp.cause(i) || ' ' || split_part(place, '|', 1)
    WHEN pattern < 19 THEN pg_temp.club(i) || ' ' || pg_temp.landmark(i)
    ELSE split_part(trade, '|', 1) || ' ' || pg_temp.landmark(i)
END"""
LEGAL_FORM = """CASE
    WHEN kind = 'person' THEN ''
    WHEN holding THEN 'Besloten vennootschap'
    WHEN pattern = 17 THEN 'Stichting'
    WHEN pattern = 18 THEN 'Vereniging'
    ELSE (ARRAY['Besloten vennootschap', 'Besloten vennootschap', 'Besloten vennootschap', 'Vennootschap onder firma',
        'Eenmanszaak', 'Eenmanszaak', 'Maatschap'])[1 + pg_temp.pick('form', i, 7)]
END"""

RELATIONS = """
    INSERT INTO relations_relation (id, number, kind, name, legal_form, status, former_since, manager_id,
        invoice_debtor_id, street, postal_code, city, country, mail_street, mail_postal_code, mail_city, email, phone,
        mobile, website, kvk_number, vat_number, iban, citizen_service_number, birth_date, newsletter, opted_out_at,
        free_fields, restricted, created_at)
    SELECT r.id, r.number, r.kind, r.name, r.legal_form, r.status, r.former_since, r.manager_id, debtor.id,
        pg_temp.street(r.i) || ' ' || 1 + pg_temp.pick('house', r.i, 190),
        pg_temp.postal_code(split_part(r.place, '|', 2), r.i), split_part(r.place, '|', 1), '',
        CASE WHEN box THEN 'Postbus ' || 100 + pg_temp.pick('box', r.i, 900) ELSE '' END,
        CASE WHEN box THEN pg_temp.postal_code(split_part(r.place, '|', 2), -r.i) ELSE '' END,
        CASE WHEN box THEN split_part(r.place, '|', 1) ELSE '' END,
        r.email,
        CASE WHEN pg_temp.chance('has phone', r.i, 85) THEN pg_temp.phone(split_part(r.place, '|', 3), r.i) ELSE '' END,
        CASE WHEN r.kind = 'person' OR pg_temp.chance('has mobile', r.i, 40) THEN pg_temp.mobile(r.i) ELSE '' END,
        CASE WHEN r.kind = 'organisation' AND pg_temp.chance('website', r.i, 60) THEN 'https://www.' || r.domain || '/'
        ELSE '' END,
        CASE r.kind WHEN 'organisation' THEN pg_temp.kvk_number(r.i) ELSE '' END,
        CASE WHEN r.kind = 'organisation' AND r.legal_form NOT IN ('Stichting', 'Vereniging')
        THEN 'NL' || pg_temp.nine_digits(r.i) || 'B01' ELSE '' END,
        CASE WHEN r.status <> 'prospect' THEN pg_temp.iban(r.i) ELSE '' END,
        CASE r.kind WHEN 'person' THEN pg_temp.nine_digits(r.i) ELSE '' END,
        CASE r.kind WHEN 'person' THEN DATE '1945-01-01' + pg_temp.pick('born', r.i, 20000) END,
        pg_temp.chance('newsletter', r.i, 45),
        CASE WHEN NOT pg_temp.chance('newsletter', r.i, 95) THEN pg_temp.moment(r.first_day + 9, r.i) END,
        CASE WHEN r.kind = 'organisation' AND pg_temp.chance('free', r.i, 30) THEN jsonb_build_object(
            'Boekjaar', CASE WHEN pg_temp.chance('year', r.i, 85) THEN 'kalenderjaar' ELSE 'april t/m maart' END,
            'Personeel', (1 + pg_temp.pick('staff', r.i, 40))::text)
        ELSE '{}' END,
        false, pg_temp.moment(r.first_day, r.i)
    FROM demo_domain r
    LEFT JOIN demo_relation debtor ON debtor.i = r.holding_i AND r.i <> r.holding_i AND NOT r.quiet
        AND r.status = 'client' AND pg_temp.chance('debtor', r.i, 60)
    CROSS JOIN LATERAL (SELECT pg_temp.chance('box', r.i, 12) AS box) postal
    ORDER BY r.i"""

TAGS = [
    # names that two relations share get a number behind them, so that everybody has an address of his own
    """CREATE TEMP TABLE demo_domain AS
    SELECT numbered.*,
        CASE kind WHEN 'person' THEN 'post.example' ELSE slug || nth || '.example' END AS domain,
        CASE kind WHEN 'person' THEN slug || nth || '@post.example' ELSE 'info@' || slug || nth || '.example'
        END AS email
    FROM (
        SELECT r.*, coalesce(nullif(row_number() OVER (PARTITION BY slug ORDER BY i), 1)::text, '') AS nth
        FROM demo_relation r
    ) numbered""",
    "ANALYZE demo_domain",
    "INSERT INTO relations_tag (name) VALUES "
    + ", ".join(f"('{name}')" for name in vocabulary.TAGS)
    + " ON CONFLICT (name) DO NOTHING",
]

PEOPLE = [
    """INSERT INTO relations_relationtag (relation_id, tag_id)
    SELECT r.id, tag.id FROM demo_relation r JOIN relations_tag tag ON
        r.kind = 'organisation' AND tag.name = split_part(r.trade, '|', 2) OR r.holding AND tag.name = 'Holding'
        OR r.kind = 'organisation' AND tag.name = 'MKB' AND r.level > 10
        OR r.kind = 'person' AND tag.name = 'IB' OR tag.name = 'Salaris' AND r.level >= 35
        OR tag.name = 'Starter' AND r.first_day > pg_temp.today() - 700
        OR tag.name = 'Controleplichtig' AND r.level = 70 AND r.holding_i IS NOT NULL
    ORDER BY r.i, tag.name""",
    """CREATE TEMP TABLE demo_contact AS
    SELECT r.i, k, r.id AS relation_id, r.first_day, r.last_day, r.domain, r.status,
        nextval('relations_person_id_seq') AS person_id, pg_temp.given_name(r.i * 10 + k) AS given,
        CASE WHEN k = 1 AND r.pattern < 11 THEN r.family ELSE pg_temp.family_name(r.i * 10 + k) END AS family
    FROM demo_domain r CROSS JOIN generate_series(1, 3) k
    WHERE k <= CASE r.kind WHEN 'person' THEN pg_temp.pick('people', r.i, 5) / 4
        ELSE 1 + pg_temp.pick('people', r.i, 3) END
    ORDER BY r.i, k""",
    "ANALYZE demo_contact",
    """INSERT INTO relations_person (id, given_name, prefix, family_name, email, phone, mobile, birth_date)
    SELECT person_id, given, split_part(family, '|', 1), split_part(family, '|', 2),
        pg_temp.slug(given || '.' || replace(family, '|', '')) || CASE k WHEN 1 THEN '' ELSE k::text END
            || '@' || domain,
        '', CASE WHEN pg_temp.chance('mobile', i * 10 + k, 70) THEN pg_temp.mobile(i * 10 + k) ELSE '' END,
        CASE WHEN pg_temp.chance('born', i * 10 + k, 30)
            THEN DATE '1950-01-01' + pg_temp.pick('born', i * 10 + k, 18000) END
    FROM demo_contact ORDER BY i, k""",
    """INSERT INTO relations_contact (relation_id, person_id, function, department, since, until, former_since)
    SELECT relation_id, person_id, pg_temp.function(i * 10 + k), pg_temp.department(i * 10 + k), first_day,
        CASE WHEN gone THEN first_day + 300 END, CASE WHEN gone THEN first_day + 300 END
    FROM demo_contact CROSS JOIN LATERAL (
        SELECT k > 1 AND status <> 'prospect' AND pg_temp.chance('gone', i * 10 + k, 10) AS gone
    ) leaving ORDER BY i, k""",
    # a bookkeeper or director of one relation who is contact at the next one too
    f"""INSERT INTO relations_contact (relation_id, person_id, function, department, since)
    SELECT r.id, c.person_id, 'Boekhouder', 'Administratie', r.first_day
    FROM demo_relation r JOIN demo_contact c ON c.i = r.i - 1 AND c.k = 1
    WHERE pg_temp.chance('shared', r.i, 5) AND r.i > {SHOWN} ORDER BY r.i""",
]

LINKS = [
    """INSERT INTO relations_relationlink (from_relation_id, to_relation_id, kind, since)
    SELECT holding.id, r.id, 'parent', r.first_day
    FROM demo_relation r JOIN demo_relation holding ON holding.i = r.holding_i AND holding.i <> r.i
    WHERE r.kind = 'organisation' ORDER BY r.i""",
    """INSERT INTO relations_relationlink (from_relation_id, to_relation_id, kind, since, until)
    SELECT other.id, r.id, CASE WHEN r.kind = 'person' THEN 'family'
        ELSE (ARRAY['partner', 'adviser'])[1 + pg_temp.pick('link', r.i, 2)] END, r.first_day,
        CASE WHEN pg_temp.chance('link ended', r.i, 20) THEN r.first_day + 365 END
    FROM demo_relation r JOIN demo_relation other ON other.i = r.i - 4 AND other.kind = r.kind
    WHERE pg_temp.chance('linked', r.i, 30) ORDER BY r.i""",
]


def _list(positions):
    return f"({', '.join(str(i) for i in positions)})"
