"""Invoices that follow from what is billed; totals are the sums of their lines, paid is the sum of their payments."""

INVOICES = [
    """CREATE TEMP TABLE demo_invoice AS
    SELECT b.i, b.p, b.kind, nextval('billing_invoice_id_seq') AS id, r.id AS relation_id,
        coalesce(debtor.id, r.id) AS debtor_id, b.issued_on, b.issued_on + 30 AS due_on,
        extract(year FROM b.issued_on) || '-' || lpad(b.nth::text, greatest(4, length(b.nth::text)), '0') AS number,
        CASE
            WHEN r.quiet OR r.status = 'former' THEN 'paid'
            WHEN b.p = 0 THEN CASE WHEN dice < 45 THEN 'paid' WHEN dice < 95 THEN 'sent' WHEN dice < 98 THEN 'draft'
                ELSE 'credited' END
            WHEN b.p < 3 THEN CASE WHEN dice < 8 THEN 'sent' WHEN dice < 9 THEN 'credited' ELSE 'paid' END
            ELSE CASE WHEN dice < 1 THEN 'sent' WHEN dice < 2 THEN 'credited' ELSE 'paid' END
        END AS status
    FROM (
        SELECT d.*, row_number() OVER (PARTITION BY extract(year FROM issued_on) ORDER BY issued_on, i, p, kind) AS nth,
            pg_temp.pick('settled', i * 100 + p * 2 + CASE kind WHEN 'normal' THEN 0 ELSE 1 END, 100) AS dice
        FROM (
            SELECT w.*, pg_temp.day('issued', i * 10 + p, pg_temp.months_ago(1 + 3 * p) + 6, 1) AS issued_on
            FROM (
                SELECT i, p, 'normal' AS kind FROM demo_hours WHERE p IS NOT NULL
                UNION SELECT i, p, 'normal' FROM demo_instalment WHERE p >= 0
                UNION SELECT i, p, 'contract' FROM demo_subscription CROSS JOIN generate_series(0, 2) p
                WHERE starts_on <= pg_temp.months_ago(4 + 3 * p)
                AND coalesce(ends_on, pg_temp.today()) >= pg_temp.months_ago(1 + 3 * p)
            ) w
        ) d
    ) b
    JOIN demo_relation r USING (i) JOIN relations_relation relation ON relation.id = r.id
    LEFT JOIN demo_relation debtor ON debtor.id = relation.invoice_debtor_id
    ORDER BY b.issued_on, b.i, b.p, b.kind""",
    "ANALYZE demo_invoice",
    """CREATE TEMP TABLE demo_line AS
    SELECT l.*, nextval('billing_invoiceline_id_seq') AS id, round(quantity * unit_price, 2) AS net,
        round(quantity * unit_price * vat_rate / 100, 2) AS vat
    FROM (
        SELECT v.id AS invoice_id, 1 AS source, h.rate AS of, 'Werkzaamheden ' || pg_temp.month(min(h.worked_on)) || ' '
            || extract(year FROM min(h.worked_on)) || ' t/m ' || pg_temp.month(max(h.worked_on)) || ' '
            || extract(year FROM max(h.worked_on)) AS description,
            sum(h.hours) AS quantity, h.rate AS unit_price, 21.0 AS vat_rate
        FROM demo_hours h JOIN demo_invoice v ON v.i = h.i AND v.p = h.p AND v.kind = 'normal' GROUP BY v.id, h.rate
        UNION ALL
        SELECT v.id, 2, s.id, 'Termijn ' || s.k || ' van 4, ' || s.title, 1, s.amount, 21.0
        FROM demo_instalment s JOIN demo_invoice v ON v.i = s.i AND v.p = s.p AND v.kind = 'normal'
        UNION ALL
        SELECT v.id, 3, s.id, s.product || ', drie maanden', 3, s.price, 21.0
        FROM demo_subscription s JOIN demo_invoice v ON v.i = s.i AND v.kind = 'contract'
        UNION ALL
        SELECT v.id, 4, 0, 'Handboek loonadministratie', 1, 46.50, 9.0
        FROM demo_invoice v WHERE v.kind = 'normal' AND pg_temp.chance('book', v.i * 10 + v.p, 7)
        UNION ALL
        SELECT v.id, 5, 0, 'Uittreksel handelsregister, doorbelast', 1 + pg_temp.pick('copies', v.i, 2), 2.85, 0.0
        FROM demo_invoice v WHERE v.kind = 'normal' AND pg_temp.chance('register', v.i * 10 + v.p, 10)
    ) l ORDER BY invoice_id, source, of""",
    "ANALYZE demo_line",
    """CREATE TEMP TABLE demo_payment AS
    SELECT t.invoice_id, t.number, k, t.total,
        least(pg_temp.today(), t.issued_on + 4 + pg_temp.pick('paid', t.i * 10 + t.p, 28) + 14 * (k - 1)) AS paid_on,
        CASE WHEN t.status = 'sent' THEN round(t.total * 0.4, 2) WHEN NOT in_two THEN t.total
            WHEN k = 1 THEN round(t.total / 2, 2) ELSE t.total - round(t.total / 2, 2) END AS amount
    FROM (
        SELECT v.id AS invoice_id, v.i, v.p, v.number, v.status, v.issued_on, sum(l.net + l.vat) AS total,
            v.status = 'paid' AND pg_temp.chance('in two', v.i * 10 + v.p, 8) AS in_two
        FROM demo_invoice v JOIN demo_line l ON l.invoice_id = v.id
        WHERE v.status = 'paid' OR v.status = 'sent' AND v.p > 0 AND pg_temp.chance('part', v.i * 10 + v.p, 40)
        GROUP BY v.id, v.i, v.p, v.number, v.status, v.issued_on
    ) t CROSS JOIN generate_series(1, 2) k WHERE k = 1 OR in_two ORDER BY t.invoice_id, k""",
    "ANALYZE demo_payment",
    """INSERT INTO billing_invoice (id, number, relation_id, debtor_id, kind, status, issued_on, due_on, addressee_name,
        addressee_address, reference, remarks, net, vat, total, paid, pdf)
    SELECT v.id, v.number, v.relation_id, v.debtor_id, v.kind, v.status, v.issued_on, v.due_on, debtor.name,
        debtor.street || E'\\n' || debtor.postal_code || '  ' || debtor.city,
        CASE WHEN pg_temp.chance('reference', v.i, 10) THEN 'Inkooporder ' || 4000 + pg_temp.pick('order', v.i, 999)
        ELSE '' END, '', l.net, l.vat, l.net + l.vat, coalesce(paid.amount, 0), ''
    FROM demo_invoice v JOIN relations_relation debtor ON debtor.id = v.debtor_id
    JOIN (SELECT invoice_id, sum(net) AS net, sum(vat) AS vat FROM demo_line GROUP BY invoice_id) l
    ON l.invoice_id = v.id
    LEFT JOIN (SELECT invoice_id, sum(amount) AS amount FROM demo_payment GROUP BY invoice_id) paid
    ON paid.invoice_id = v.id ORDER BY v.id""",
    """INSERT INTO billing_invoiceline (id, invoice_id, description, quantity, unit_price, vat_rate, net, vat)
    SELECT id, invoice_id, description, quantity, unit_price, vat_rate, net, vat FROM demo_line ORDER BY id""",
    """INSERT INTO billing_payment (invoice_id, paid_on, amount, reference)
    SELECT invoice_id, paid_on, amount, 'Factuur ' || number FROM demo_payment ORDER BY invoice_id, k""",
    """INSERT INTO billing_timesheetline (id, employee_id, relation_id, project_id, worked_on, hours, rate, description,
        service, billable, invoice_line_id)
    SELECT h.id, pg_temp.employee(h.employee_no), h.relation_id,
        CASE WHEN pg_temp.chance('on project', h.i * 100 + h.m, 35) AND h.worked_on >= project.first_day + 30
        THEN project.id END,
        h.worked_on, h.hours, h.rate,
        d.work, pg_temp.service(d.work), h.billable, l.id
    FROM demo_hours h CROSS JOIN LATERAL (SELECT
        CASE WHEN h.billable THEN pg_temp.work(h.key) ELSE pg_temp.internal_work(h.key) END AS work) d
    LEFT JOIN demo_project project ON project.i = h.i
    LEFT JOIN demo_invoice v ON v.i = h.i AND v.p = h.p AND v.kind = 'normal'
    LEFT JOIN demo_line l ON l.invoice_id = v.id AND l.source = 1 AND l.of = h.rate ORDER BY h.id""",
    """INSERT INTO billing_instalment (id, agreement_id, due_on, amount, description, invoice_line_id)
    SELECT s.id, s.agreement_id, s.due_on, s.amount, 'Termijn ' || s.k || ' van 4', l.id
    FROM demo_instalment s LEFT JOIN demo_line l ON l.source = 2 AND l.of = s.id ORDER BY s.id""",
    """INSERT INTO billing_reminderfee (invoice_id, charged_on, amount, description)
    SELECT v.id, v.due_on + 15, 40.00, 'Aanmaningskosten' FROM demo_invoice v
    WHERE v.status = 'sent' AND v.p > 0 AND v.due_on + 15 < pg_temp.today() AND pg_temp.chance('reminded', v.i, 50)
    ORDER BY v.id""",
    """INSERT INTO billing_sentmail (relation_id, recipient, subject, body, sent_at)
    SELECT v.relation_id, debtor.email, 'Factuur ' || v.number, 'In de bijlage vindt u onze factuur.',
        pg_temp.moment(v.issued_on, v.i * 10 + v.p)
    FROM demo_invoice v JOIN relations_relation debtor ON debtor.id = v.debtor_id
    WHERE v.status <> 'draft' AND v.p < 2 ORDER BY v.id""",
]
