"""Quotes, orders, receipts, direct debits, pledges and resellers."""

SALES = [
    """INSERT INTO billing_quote (relation_id, number, title, text, issued_on, total)
    SELECT r.id, 'OF' || lpad((10000 + r.i)::text, 7, '0'), (ARRAY['Maandcijfers', 'Salarisadministratie',
        'Samenstellen jaarrekening', 'Begeleiding bedrijfsopvolging'])[1 + pg_temp.pick('quote', r.i, 4)],
        'Prijzen zijn zonder btw en gelden dertig dagen.', r.last_day - 5 - pg_temp.pick('quoted', r.i, 150),
        50.00 * (4 + pg_temp.pick('quoted total', r.i, 80))
    FROM demo_relation r WHERE NOT (r.bare AND r.status = 'prospect')
    AND pg_temp.chance('quoted', r.i, CASE r.status WHEN 'prospect' THEN 70 ELSE 12 END) ORDER BY r.i""",
    """INSERT INTO billing_order (relation_id, number, ordered_on, description, extra_info, total, delivered_on,
        invoiced_on)
    SELECT r.id, 'OR' || lpad((10000 + r.i)::text, 7, '0'), ordered_on, (ARRAY['Boekhoudpakket', 'Scanner',
        'Kassakoppeling', 'Cursus salarisadministratie'])[1 + pg_temp.pick('order', r.i, 4)],
        jsonb_build_object('aantal', 1 + pg_temp.pick('pieces', r.i, 3)),
        45.00 * (2 + pg_temp.pick('order total', r.i, 20)),
        CASE WHEN r.quiet OR state > 0 THEN ordered_on + 10 END, CASE WHEN r.quiet OR state > 1 THEN ordered_on + 12 END
    FROM demo_relation r
    CROSS JOIN LATERAL (SELECT r.last_day - 20 - pg_temp.pick('ordered', r.i, 300) AS ordered_on,
        pg_temp.pick('order state', r.i, 6) AS state) o
    WHERE r.status <> 'prospect' AND pg_temp.chance('orders', r.i, 18) ORDER BY r.i""",
    """INSERT INTO billing_receipt (relation_id, number, received_on, description, amount)
    SELECT r.id, 'KW' || lpad((10000 + r.i)::text, 7, '0'), r.last_day - pg_temp.pick('received', r.i, 300),
        'Contant aan de balie', 5.00 * (2 + pg_temp.pick('receipt', r.i, 30))
    FROM demo_relation r WHERE r.status <> 'prospect' AND pg_temp.chance('receipt', r.i, 4) ORDER BY r.i""",
    # those who left still have their agreement: archiving stops it (R73)
    """INSERT INTO billing_directdebitmandate (relation_id, reference, iban, account_holder, signed_on, stopped_on)
    SELECT r.id, 'MAND' || lpad((10000 + r.i)::text, 8, '0'), relation.iban, r.name, r.first_day + 20,
        CASE WHEN pg_temp.chance('stopped', r.i, 10) THEN r.last_day - 10 END
    FROM demo_relation r JOIN relations_relation relation ON relation.id = r.id
    WHERE r.status <> 'prospect' AND pg_temp.chance('mandate', r.i, 30) ORDER BY r.i""",
    """INSERT INTO billing_pledge (relation_id, description, amount, starts_on, ends_on)
    SELECT r.id, (ARRAY['Bijdrage klantenavond', 'Sponsoring jeugdtoernooi'])[1 + pg_temp.pick('pledge', r.i, 2)],
        25.00 * (1 + pg_temp.pick('pledged', r.i, 10)), r.first_day + 90,
        CASE WHEN pg_temp.chance('pledge ended', r.i, 30) THEN r.first_day + 390 END
    FROM demo_relation r WHERE r.status <> 'prospect' AND r.level >= 20 AND pg_temp.chance('pledges', r.i, 9)
    ORDER BY r.i""",
    """INSERT INTO billing_reseller (relation_id, name, since)
    SELECT r.id, 'Pakketpartner ' || split_part(r.place, '|', 1), r.first_day + 60
    FROM demo_relation r WHERE r.level = 70 AND pg_temp.chance('reseller', r.i, 8) ORDER BY r.i""",
]
