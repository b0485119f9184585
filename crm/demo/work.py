"""What happens around relations: notes, activities, tasks, appointments, messages, and what is kept in the dossier."""


def statements():
    return [*NOTES, *TASKS, *MEETINGS, *DOSSIER]


# a day in the life of relation r as a client, for the k-th of something
DAY = "pg_temp.day('{what}', r.i * 100 + k, r.first_day, (r.last_day - r.first_day) / 7)"
# the same, but most of it lately
LATELY = "greatest(r.first_day, r.last_day - 1 - pg_temp.pick('{what}', r.i * 100 + k, 500))"

NOTES = [
    f"""INSERT INTO relations_note (relation_id, text, author_id, at)
    SELECT r.id, CASE WHEN pg_temp.chance('two notes', r.i * 100 + k, 25) THEN pg_temp.note(r.i * 100 + k) || ' '
        ELSE '' END || pg_temp.note(r.i * 100 - k), pg_temp.employee(1 + pg_temp.pick('author', r.i * 100 + k, 5)),
        pg_temp.moment({LATELY.format(what="noted")}, r.i * 100 + k)
    FROM demo_relation r CROSS JOIN generate_series(1, 5) k WHERE k <= pg_temp.pick('notes', r.i, 6) ORDER BY r.i, k""",
    f"""INSERT INTO relations_clientactivity (relation_id, subject, kind, text, owner_id, due_on, done_at)
    SELECT r.id, split_part(activity, '|', 2), split_part(activity, '|', 1), '',
        r.manager_id, day, CASE WHEN done THEN pg_temp.moment(day, r.i * 100 + k) END
    FROM demo_relation r CROSS JOIN generate_series(1, 5) k
    CROSS JOIN LATERAL (SELECT pg_temp.activity(r.i * 100 + k) AS activity, {LATELY.format(what="acted")} AS acted,
        r.status = 'former' OR NOT pg_temp.chance('planned', r.i * 100 + k, 12) AS done) a
    CROSS JOIN LATERAL (SELECT CASE WHEN done THEN acted ELSE pg_temp.day('plan', r.i * 100 + k, pg_temp.today(), 6) END
        AS day) d
    WHERE NOT (r.bare AND r.status = 'prospect') AND k <= 1 + pg_temp.pick('activities', r.i, 5) ORDER BY r.i, k""",
]

TASKS = [
    """CREATE TEMP TABLE demo_task AS
    SELECT r.i, k, r.id AS relation_id, nextval('relations_task_id_seq') AS id, support, done, due_on,
        CASE WHEN support THEN pg_temp.support_task(r.i * 10 + k) ELSE pg_temp.task(r.i * 10 + k) END AS subject,
        pg_temp.employee(CASE WHEN pg_temp.chance('own', r.i * 10 + k, 60) THEN r.manager_no
            ELSE 1 + pg_temp.pick('assignee', r.i * 10 + k, 5) END) AS assignee_id
    FROM demo_relation r CROSS JOIN generate_series(1, 3) k
    CROSS JOIN LATERAL (SELECT NOT pg_temp.chance('open', r.i * 10 + k, 35) OR r.status = 'former' AS done,
        k = 3 AND pg_temp.chance('support', r.i, 50) AS support) t
    CROSS JOIN LATERAL (SELECT CASE WHEN done THEN r.last_day - 2 - pg_temp.pick('due', r.i * 10 + k, 300)
        ELSE pg_temp.day('due', r.i * 10 + k, pg_temp.today() - 6, 7) END AS due_on) d
    WHERE k <= pg_temp.pick('tasks', r.i, 4) ORDER BY r.i, k""",
    "ANALYZE demo_task",
    # returns come again and again; annual accounts go by a list, of which something is done
    """INSERT INTO relations_task (id, subject, text, kind, assignee_id, due_on, done_at, checklist, "references", turn,
        rhythm, series, series_start)
    SELECT id, subject, '', CASE WHEN support THEN 'support' ELSE 'normal' END, assignee_id, due_on,
        CASE WHEN done THEN pg_temp.moment(due_on, i * 10 + k) END,
        CASE WHEN subject LIKE 'Jaarrekening%' THEN pg_temp.checklist(done, id) ELSE '[]' END, '[]', 0, rhythm,
        CASE WHEN rhythm <> '' THEN md5('series ' || id)::uuid END, CASE WHEN rhythm <> '' THEN due_on END
    FROM demo_task CROSS JOIN LATERAL (SELECT CASE WHEN done OR support THEN '' WHEN subject LIKE 'Btw%' THEN 'quarter'
        WHEN subject LIKE 'Loon%' THEN 'month' ELSE '' END AS rhythm) t ORDER BY i, k""",
    "INSERT INTO relations_tasklink (task_id, relation_id) SELECT id, relation_id FROM demo_task ORDER BY i, k",
    # some tasks are about two relations
    """INSERT INTO relations_tasklink (task_id, relation_id)
    SELECT t.id, other.id FROM demo_task t JOIN demo_relation other ON other.i = t.i + 1
    WHERE pg_temp.chance('both', t.i * 10 + t.k, 8) ORDER BY t.i, t.k""",
]

MEETINGS = [
    """INSERT INTO relations_appointment (relation_id, subject, place, starts_at, ends_at, attendees, employee_id)
    SELECT r.id, pg_temp.appointment(r.i * 10 + k), (ARRAY['Kantoor', 'Bij de relatie', 'Videogesprek'])[1 +
        pg_temp.pick('where', r.i * 10 + k, 3)], starts_at, starts_at + interval '1 hour',
        CASE WHEN r.kind = 'person' THEN r.name ELSE pg_temp.full_name(r.given, r.family) END, r.manager_id
    FROM demo_relation r CROSS JOIN generate_series(1, 2) k
    CROSS JOIN LATERAL (SELECT pg_temp.moment(CASE WHEN k = 1 OR r.status = 'former'
        THEN r.last_day - 3 - pg_temp.pick('met', r.i * 10 + k, 360)
        ELSE pg_temp.day('meet', r.i * 10 + k, pg_temp.today(), 8) END, r.i * 10 + k) AS starts_at) m
    WHERE NOT (r.bare AND r.status = 'prospect') AND k <= pg_temp.pick('meetings', r.i, 3) ORDER BY r.i, k""",
    # everybody meets somebody today
    """INSERT INTO relations_appointment (relation_id, subject, place, starts_at, ends_at, attendees, employee_id)
    SELECT DISTINCT ON (r.manager_id) r.id, pg_temp.appointment(r.i * 10), 'Kantoor', starts_at,
        starts_at + interval '1 hour',
        CASE WHEN r.kind = 'person' THEN r.name ELSE pg_temp.full_name(r.given, r.family) END, r.manager_id
    FROM demo_relation r CROSS JOIN LATERAL (SELECT pg_temp.moment(pg_temp.today(), r.i * 10) AS starts_at) m
    WHERE r.status = 'client' AND r.manager_id IS NOT NULL ORDER BY r.manager_id, r.i DESC""",
    """INSERT INTO relations_message (relation_id, direction, subject, body, at)
    SELECT r.id, split_part(message, '|', 1), split_part(message, '|', 2), split_part(message, '|', 3),
        pg_temp.moment(greatest(r.first_day, r.last_day - 1 - pg_temp.pick('sent', r.i * 10 + k, 500)), r.i * 10 + k)
    FROM demo_relation r CROSS JOIN generate_series(1, 3) k
    CROSS JOIN LATERAL (SELECT pg_temp.message(r.i * 10 + k) AS message) m
    WHERE NOT (r.bare AND r.status = 'prospect') AND k <= pg_temp.pick('messages', r.i, 4) ORDER BY r.i, k""",
]

DOSSIER = [
    """INSERT INTO relations_contract (relation_id, title, text, starts_on, ends_on)
    SELECT r.id, pg_temp.contract(r.i * 10 + k), 'Getekend door beide partijen.', r.first_day, r.former_since
    FROM demo_relation r CROSS JOIN generate_series(1, 2) k
    WHERE r.status <> 'prospect' AND k <= pg_temp.pick('contracts', r.i, 3) ORDER BY r.i, k""",
    """INSERT INTO relations_reportreference (relation_id, title, location)
    SELECT r.id, 'Jaarrekening ' || year, 'R:/rapporten/' || year || '/' || r.number || '-jaarrekening.pdf'
    FROM demo_relation r CROSS JOIN generate_series(1, 2) k
    CROSS JOIN LATERAL (SELECT extract(year FROM r.last_day)::integer - k AS year) y
    WHERE r.level >= 20 AND k <= pg_temp.pick('reports', r.i, 3) ORDER BY r.i, k""",
    f"""INSERT INTO relations_dossieritem (relation_id, title, file, location, added_at)
    SELECT r.id, document, '', 'R:/dossier/' || r.number || '/' || pg_temp.slug(document) || '.pdf',
        pg_temp.moment({DAY.format(what="filed")}, r.i * 100 + k)
    FROM demo_relation r CROSS JOIN generate_series(1, 2) k
    CROSS JOIN LATERAL (SELECT pg_temp.document(r.i * 10 + k) AS document) d
    WHERE k <= pg_temp.pick('documents', r.i, 3) ORDER BY r.i, k""",
    """INSERT INTO relations_sbrreport (relation_id, kind, period, origin, payload)
    SELECT r.id, CASE k WHEN 4 THEN 'Aangifte vennootschapsbelasting' ELSE 'OB-aangifte' END, CASE k
        WHEN 4 THEN to_char(day, 'YYYY') ELSE to_char(day, 'YYYY"-Q"Q') END,
        CASE WHEN pg_temp.chance('visionplanner', r.i, 30) THEN 'visionplanner' ELSE 'own' END,
        jsonb_build_object('naam', r.name, 'bedrag', 500 + pg_temp.pick('tax', r.i * 10 + k, 9000))
    FROM demo_relation r CROSS JOIN generate_series(1, 4) k
    CROSS JOIN LATERAL (SELECT (date_trunc('quarter', r.last_day) - make_interval(months => 3 * k))::date AS day) d
    WHERE r.level >= 20 AND k <= pg_temp.pick('sbr', r.i, 5) ORDER BY r.i, k""",
    """INSERT INTO relations_functionassignment (relation_id, function, since, until)
    SELECT r.id, (ARRAY['Klantenraad', 'Ambassadeur', 'Spreker klantenavond'])[1 + pg_temp.pick('assigned', r.i, 3)],
        r.first_day + 100, CASE WHEN r.status = 'former' THEN r.former_since END
    FROM demo_relation r WHERE r.status <> 'prospect' AND pg_temp.chance('assignment', r.i, 8) ORDER BY r.i""",
]
