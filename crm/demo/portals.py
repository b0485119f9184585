"""Links with portals, customer environments, accounts of customers and what they write."""


def statements():
    return [*LINKS, *ENVIRONMENTS, *ACCOUNTS, *COMMUNITY]


PROVIDER = "(ARRAY['pinkweb', 'creaim', 'yob', 'other'])[1 + pg_temp.pick('provider', r.i, 4)]"

LINKS = [
    # live ones keep a relation from the archive (R8); what is settled has ended ones
    f"""INSERT INTO portals_portallink (relation_id, provider, external_id, since, until)
    SELECT r.id, {PROVIDER}, upper(left({PROVIDER}, 2)) || '-' || 10000 + r.i, r.first_day + 60,
        CASE WHEN r.quiet OR r.status = 'former' THEN r.last_day - 5 END
    FROM demo_relation r WHERE r.status <> 'prospect' AND pg_temp.chance('portal', r.i, 9) ORDER BY r.i""",
]

ENVIRONMENTS = [
    """INSERT INTO portals_contractant (database, code)
    SELECT s.database, s.contractant FROM demo_subscription s WHERE s.contractant <> '' ORDER BY s.i""",
    """INSERT INTO portals_contractantlink (contractant_id, relation_id, since, by_id)
    SELECT c.id, s.relation_id, s.starts_on, pg_temp.employee(1 + pg_temp.pick('linked by', s.i, 2))
    FROM demo_subscription s JOIN portals_contractant c ON c.database = s.database AND c.code = s.contractant
    WHERE s.contractant <> '' ORDER BY s.i""",
]

ACCOUNTS = [
    "INSERT INTO portals_accounttype (name) VALUES ('Klant'), ('Klant met salaris'), ('Adviseur')"
    " ON CONFLICT DO NOTHING",
    """INSERT INTO portals_portalaccount (relation_id, account_type_id, email, name, password, state, last_login_at,
        block_message, blocked_at)
    SELECT c.relation_id, t.id, p.email, pg_temp.full_name(c.given, c.family), '', state,
        CASE WHEN state <> 'invited' THEN pg_temp.moment(c.last_day - 1 - pg_temp.pick('login', c.i, 90), c.i) END,
        CASE WHEN state = 'blocked' THEN 'Neem contact op met ons kantoor.' ELSE '' END,
        CASE WHEN state = 'blocked' THEN pg_temp.moment(c.last_day - 1, c.i) END
    FROM demo_contact c JOIN relations_person p ON p.id = c.person_id
    CROSS JOIN LATERAL (SELECT CASE WHEN c.status = 'former' THEN 'blocked' ELSE (ARRAY['active', 'active', 'active',
        'invited', 'blocked'])[1 + pg_temp.pick('state', c.i, 5)] END AS state,
        (ARRAY['Klant', 'Klant', 'Klant met salaris', 'Adviseur'])[1 + pg_temp.pick('type', c.i, 4)] AS type) a
    JOIN portals_accounttype t ON t.name = a.type
    WHERE c.k = 1 AND c.status <> 'prospect' AND pg_temp.chance('account', c.i, 25)
    ORDER BY c.i ON CONFLICT DO NOTHING""",
]

COMMUNITY = [
    """CREATE TEMP TABLE demo_post AS
    SELECT c.i, nextval('portals_communitypost_id_seq') AS id, c.relation_id, c.given, pg_temp.post(c.i) AS text,
        pg_temp.moment(c.last_day - 1 - pg_temp.pick('posted', c.i, 300), c.i) AS at
    FROM demo_contact c WHERE c.k = 1 AND c.status <> 'prospect' AND pg_temp.chance('account', c.i, 9) ORDER BY c.i""",
    """INSERT INTO portals_communitypost (id, relation_id, author_name, text, at)
    SELECT id, relation_id, given, text, at FROM demo_post ORDER BY i""",
    """INSERT INTO portals_reaction (post_id, relation_id, kind, author_name, text, at)
    SELECT p.id, other.id, CASE WHEN liked THEN 'like' ELSE 'reply' END,
        CASE WHEN liked THEN '' ELSE coalesce(writer.given, 'Klant') END,
        CASE WHEN liked THEN '' ELSE pg_temp.reply(p.i * 10 + turn.k) END, p.at + make_interval(hours => 3 * turn.k)
    FROM demo_post p CROSS JOIN generate_series(1, 3) AS turn(k)
    CROSS JOIN LATERAL (SELECT pg_temp.chance('like', p.i * 10 + turn.k, 60) AS liked) l
    JOIN demo_relation other ON other.i = p.i - 7 * turn.k AND other.status <> 'prospect'
    LEFT JOIN demo_contact writer ON writer.relation_id = other.id AND writer.k = 1 ORDER BY p.i, turn.k""",
]
