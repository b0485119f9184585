"""Hours, price agreements and subscriptions, the invoices that bill them, and how these were paid.

First it is decided what is billed, and by which invoice of the relation: `p` counts quarters back, 0 is the newest,
NULL is not billed yet. Invoices and their lines follow from that, and totals from the lines: nothing is made up twice.
"""

from crm.demo.invoicing import INVOICES
from crm.demo.sales import SALES


def statements():
    return [*HOURS, *LOCKS, *AGREEMENTS, *SUBSCRIPTIONS, *INVOICES, *SALES]


HOURS = [
    """CREATE TEMP TABLE demo_project AS
    SELECT r.i, r.id AS relation_id, nextval('billing_project_id_seq') AS id, r.first_day
    FROM demo_relation r WHERE r.level >= 35 AND pg_temp.chance('project', r.i, 55) ORDER BY r.i""",
    "ANALYZE demo_project",
    """INSERT INTO billing_project (id, relation_id, name, description, starts_on)
    SELECT id, relation_id, (ARRAY['Overstap naar ons boekhoudpakket', 'Herstructurering', 'Bedrijfsopvolging',
        'Inrichting salarisadministratie'])[1 + pg_temp.pick('project name', i, 4)], '', first_day + 30
    FROM demo_project ORDER BY i""",
    """CREATE TEMP TABLE demo_hours AS
    SELECT h.*, nextval('billing_timesheetline_id_seq') AS id, pg_temp.rate(employee_no) AS rate,
        -- the month of the work and the two after it share an invoice, sent at the start of the next month
        CASE WHEN billable AND worked_on < unbilled_from THEN (m - 2) / 3 END AS p
    FROM (
        SELECT w.i, m, k, w.key, w.relation_id, w.unbilled_from,
            pg_temp.day('worked', w.key, pg_temp.months_ago(m) + 6, 3) AS worked_on, w.first_day, w.last_day,
            CASE WHEN pg_temp.chance('by manager', w.key, 65) THEN w.manager_no
                WHEN m > 5 THEN 1 + pg_temp.pick('worker', w.key, 6) ELSE 1 + pg_temp.pick('worker', w.key, 5) END
                AS employee_no,
            0.25 * (1 + pg_temp.pick('hours', w.key, 18)) AS hours,
            NOT pg_temp.chance('internal', w.key, 7) AS billable
        FROM (
            SELECT r.i, m, k, r.i * 100 + m * 2 + k AS key, r.id AS relation_id, r.unbilled_from, r.first_day,
                r.last_day, r.manager_no
            FROM demo_relation r CROSS JOIN generate_series(0, 17) m CROSS JOIN generate_series(1, 2) k
            WHERE r.level > 0 AND pg_temp.chance('works', r.i * 100 + m * 2 + k, r.level) AND (m > 1 OR NOT r.quiet)
        ) w
    ) h WHERE worked_on >= first_day AND worked_on < last_day ORDER BY i, m DESC, k""",
    "ANALYZE demo_hours",
]

LOCKS = [
    # by the administrator, in the second week after the month; what is open (open_work.py) lies in later ones
    """INSERT INTO billing_monthlock (month, by_id, at)
    SELECT pg_temp.months_ago(m), pg_temp.employee(2), pg_temp.moment(pg_temp.months_ago(m - 1) + 8, m)
    FROM generate_series(3, 17) m ORDER BY m DESC""",
]

AGREEMENTS = [
    # a running agreement has two instalments to come (R6); of a finished one all four are billed
    """CREATE TEMP TABLE demo_agreement AS
    SELECT r.i, r.id AS relation_id, nextval('billing_priceagreement_id_seq') AS id,
        NOT r.quiet AND pg_temp.chance('running', r.i, 45) AS running,
        25.00 * (8 + pg_temp.pick('amount', r.i, 60)) AS amount
    FROM demo_relation r
    WHERE r.status = 'client' AND r.level >= 10 AND r.first_day < pg_temp.today() - 420 AND
        pg_temp.chance('agreement', r.i, 35) ORDER BY r.i""",
    """CREATE TEMP TABLE demo_instalment AS
    SELECT a.i, k, a.id AS agreement_id, nextval('billing_instalment_id_seq') AS id, a.amount, p, title,
        pg_temp.months_ago(1 + 3 * p) AS due_on
    FROM demo_agreement a CROSS JOIN generate_series(1, 4) k
    CROSS JOIN LATERAL (SELECT CASE WHEN a.running THEN 2 - k ELSE 4 - k END AS p) n
    CROSS JOIN LATERAL (SELECT 'Jaarwerk ' || extract(year FROM pg_temp.months_ago(
        CASE WHEN running THEN 4 ELSE 10 END)) AS title) t ORDER BY a.i, k""",
    """INSERT INTO billing_priceagreement (id, relation_id, title, description, total, starts_on)
    SELECT a.id, a.relation_id, s.title, 'Vier termijnen van gelijke hoogte.', a.amount * 4, s.due_on
    FROM demo_agreement a JOIN demo_instalment s ON s.agreement_id = a.id AND s.k = 1 ORDER BY a.i""",
]

SUBSCRIPTIONS = [
    # a contractant keeps the relation from the archive: only those that have more open carry one
    """CREATE TEMP TABLE demo_subscription AS
    SELECT r.i, r.id AS relation_id, nextval('billing_subscription_id_seq') AS id,
        split_part(product, '|', 1) AS product,
        split_part(product, '|', 2)::numeric AS price, starts_on,
        CASE WHEN r.status = 'former' THEN r.former_since WHEN r.quiet THEN pg_temp.months_ago(0) END AS ends_on,
        CASE WHEN linked THEN 'klant-nl-0' || 1 + pg_temp.pick('database', r.i, 4) ELSE '' END AS database,
        CASE WHEN linked THEN 'KL-' || 1000 + r.i ELSE '' END AS contractant
    FROM demo_relation r
    CROSS JOIN LATERAL (SELECT pg_temp.product(r.i) AS product,
        date_trunc('month', (r.first_day + 40)::timestamp)::date AS starts_on,
        r.status = 'client' AND NOT r.quiet AND pg_temp.chance('linked', r.i, 40) AS linked) s
    WHERE r.level >= 10 AND pg_temp.chance('subscribed', r.i, 30) ORDER BY r.i""",
    """INSERT INTO billing_subscription (id, relation_id, product, price, starts_on, ends_on, database, contractant)
    SELECT id, relation_id, product, price, starts_on, ends_on, database, contractant
    FROM demo_subscription ORDER BY i""",
]
