"""SQL functions that choose words and make up numbers, for as long as the connection lives (schema pg_temp).

Everything is chosen by hashing a key of the row: a run gives the same relations every time, in one statement a table.
Bodies use immutable functions only: PostgreSQL then writes them into the statement, which is twenty times as fast.
Numbers pass their checks and belong to nobody: bank code BANK does not exist, numbers of nine digits start with 999,
KvK numbers with 99.
"""

from crm.demo import texts, vocabulary

WORDS = {
    "given_name": vocabulary.GIVEN_NAMES,
    "family_name": vocabulary.FAMILY_NAMES,
    "street": vocabulary.STREETS,
    "place": vocabulary.PLACES,
    "trade": vocabulary.TRADES,
    "landmark": vocabulary.LANDMARKS,
    "branch": vocabulary.BRANCHES,
    "cause": vocabulary.CAUSES,
    "club": vocabulary.CLUBS,
    "function": vocabulary.FUNCTIONS,
    "department": vocabulary.DEPARTMENTS,
    "note": texts.NOTES,
    "activity": texts.ACTIVITIES,
    "task": texts.TASKS,
    "support_task": texts.SUPPORT_TASKS,
    "appointment": texts.APPOINTMENTS,
    "message": texts.MESSAGES,
    "contract": texts.CONTRACTS,
    "document": texts.DOCUMENTS,
    "work": texts.WORK,
    "internal_work": texts.INTERNAL_WORK,
    "product": texts.PRODUCTS,
    "post": texts.POSTS,
    "reply": texts.REPLIES,
}
MONTHS = vocabulary.words(
    "januari, februari, maart, april, mei, juni, juli, augustus, september, oktober, november, december"
)

CHOOSING = [
    # a number from 0 to n - 1 that looks drawn, the same for the same key every time
    ("pick(what text, key bigint, n integer)", "integer", "mod(abs(hashtextextended(what, key) / 2), n)::integer"),
    ("chance(what text, key bigint, percent integer)", "boolean", "pg_temp.pick(what, key, 100) < percent"),
    ("month(day date)", "text", "({months})[extract(month from day)::integer]"),
    (
        "months_ago(months integer)",
        "date",
        "(date_trunc('month', pg_temp.today()::timestamp) - make_interval(months => months))::date",
    ),
    (
        "checklist(done boolean, key bigint)",
        "jsonb",
        "(SELECT jsonb_agg(jsonb_build_object('key', n, 'text', item, 'done', $1 OR n <= pg_temp.pick('items', $2, 4)) "
        "ORDER BY n) FROM unnest({items}) WITH ORDINALITY AS list(item, n))",
    ),
    # what hours with this description went into
    (
        "service(work text)",
        "text",
        "CASE WHEN $1 ~ 'Btw|Suppletie' THEN 'vat' WHEN $1 ~ 'Jaarrekening|Begroting' THEN 'accounts' "
        "WHEN $1 ~ 'Loon' THEN 'payroll' WHEN $1 ~ 'inkomsten|Belasting' THEN 'tax' WHEN $1 ~ 'Advies|Bespreking' "
        "THEN 'advice' WHEN $1 ~ 'Boekhouding|bank' THEN 'bookkeeping' ELSE 'other' END",
    ),
    # a working day in one of so many weeks, the first of which is that of `first`
    (
        "day(what text, key bigint, first date, weeks integer)",
        "date",
        "date_trunc('week', first::timestamp)::date + 7 * pg_temp.pick(what, key, weeks)"
        " + pg_temp.pick('weekday', key, 5)",
    ),
    # a moment of that day in office hours, on a quarter
    (
        "moment(day date, key bigint)",
        "timestamptz",
        "(day + make_interval(hours => 8, mins => 15 * pg_temp.pick('moment', key, 38)))"
        " AT TIME ZONE 'Europe/Amsterdam'",
    ),
]
NUMBERS = [
    ("kvk_number(key bigint)", "text", "'99' || lpad(mod(key * 611953 + 104729, 1000000)::text, 6, '0')"),
    # nine digits that pass the eleven test; the last of the eight is at most 8, so that one more never carries
    (
        "eleven_sum(n integer)",
        "integer",
        "mod(" + " + ".join(f"{9 - at} * (n / {10 ** (7 - at)} % 10)" for at in range(8)) + ", 11)",
    ),
    (
        "eleven_test(n integer)",
        "text",
        "CASE pg_temp.eleven_sum(n) WHEN 10 THEN (n + 1)::text || pg_temp.eleven_sum(n + 1)::text"
        " ELSE n::text || pg_temp.eleven_sum(n)::text END",
    ),
    (
        "nine_digits(key bigint)",
        "text",
        "pg_temp.eleven_test(99900000 + 10 * pg_temp.pick('nine', key, 9999) + pg_temp.pick('last', key, 9))",
    ),
    (
        "iban_check(account text)",
        "text",
        "lpad((98 - mod(('11102320' || account || '232100')::numeric, 97))::text, 2, '0')",
    ),
    (
        "iban(key bigint)",
        "text",
        "'NL' || pg_temp.iban_check(lpad(mod(key * 7368787 + 12345, 1000000000)::text, 10, '0'))"
        " || 'BANK' || lpad(mod(key * 7368787 + 12345, 1000000000)::text, 10, '0')",
    ),
    (
        "phone(area text, key bigint)",
        "text",
        "'+31' || area || '0' || lpad(pg_temp.pick('phone', key, 99999999)::text, 8 - length(area), '0')",
    ),
    ("mobile(key bigint)", "text", "'+3168' || lpad(pg_temp.pick('mobile', key, 9999999)::text, 7, '0')"),
    (
        "postal_code(lowest text, key bigint)",
        "text",
        "(lowest::integer + pg_temp.pick('postal', key, 70))::text || ' '"
        " || substr('ABCDEGHJKLMNPRTVWXZ', 1 + pg_temp.pick('first', key, 19), 1)"
        " || substr('ABCDEGHJKLMNPRTVWXZ', 1 + pg_temp.pick('second', key, 19), 1)",
    ),
    # as it stands in an e-mail address or website
    (
        "slug(text)",
        "text",
        "trim('-' from regexp_replace(translate(lower($1), 'éèëêáàäöóüúïí', 'eeeeaaaoouuii'), '[^a-z0-9]+', '-', 'g'))",
    ),
    # 'van der|Meer' as people write it
    ("full_name(given text, family text)", "text", "given || ' ' || trim(replace(family, '|', ' '))"),
    ("capital(text)", "text", "upper(left(trim($1), 1)) || substr(trim($1), 2)"),
]


def functions(today, employee_ids, rates):
    """The statements that make the functions; `employee_ids` and their hourly `rates` in the order of seniority."""
    fixed = [
        ("today()", "date", f"DATE '{today.isoformat()}'"),
        ("employee(n integer)", "bigint", f"(ARRAY{list(employee_ids)}::bigint[])[n]"),
        ("rate(n integer)", "numeric", f"(ARRAY{list(rates)}::numeric[])[n]"),
    ]
    months, items = _array(MONTHS), _array(texts.CHECKLIST)
    choosing = [
        (signature, kind, body.replace("{months}", months).replace("{items}", items))
        for signature, kind, body in CHOOSING
    ]
    words = [
        (f"{name}(key bigint)", "text", f"({_array(words)})[1 + pg_temp.pick('{name}', key, {len(words)})]")
        for name, words in WORDS.items()
    ]
    return [_function(*definition) for definition in [*fixed, *choosing, *words, *NUMBERS]]


def _function(signature, kind, body):
    return (
        f"CREATE OR REPLACE FUNCTION pg_temp.{signature} RETURNS {kind} LANGUAGE sql IMMUTABLE AS $$ SELECT {body} $$"
    )


def _array(words):
    quoted = ", ".join("'" + word.replace("'", "''") + "'" for word in words)
    return f"ARRAY[{quoted}]::text[]"
