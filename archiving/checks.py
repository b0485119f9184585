"""Nothing may be undecided (B8): `manage.py check` fails until every model and field that can hold relation data has
an answer, and says what to write where. The checks are themselves tested by taking the answers away one by one."""

from django.apps import apps
from django.core import checks
from django.db import models

from archiving import policies
from archiving.erasure.scrubbing import ERASED_TEXT, RANDOM_LENGTH, blank
from archiving.models import Archivable
from archiving.policies import Anonymise, ByChoice, Delete, Keep, Orphans, With


@checks.register("archiving")
def lifecycle_answers(app_configs, **_):
    """All errors of all models; independent of `app_configs`, since an app answers for its relatives too."""
    found = []
    for model in _models():
        policy = policies.policy_of(model)
        if policy:
            found += _errors_of(policy)
        elif _is_undecided(model):
            found.append(_no_policy(model))
    return found


def _models():
    """Our own and others' tables, without those of history: they follow the model they belong to."""
    histories = {policy.history for policy in policies.policies()}
    tables = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    return [model for model in tables if model not in histories]


# --- models without a policy ---
def _is_undecided(model):
    """Every table needs an answer: one without any key to a relation may hold a name or a number all the same."""
    if model._meta.label in policies.exemptions():
        return False
    return not model._meta.auto_created or any(
        policies.policy_of(field.related_model) for field in model._meta.concrete_fields if field.is_relation
    )


def _no_policy(model):
    app = model._meta.app_config.name
    path = next((f.name for f in model._meta.concrete_fields if f.is_relation), "…")
    return checks.Error(
        f"{model._meta.label} may hold data of relations, but nothing says what archiving and erasing do to it.",
        hint=f'Write in {app}/lifecycle.py: register(models.{model.__name__}, path="{path}", erase=Delete()), '
        f'or exempt("{model._meta.label}", because="…")',
        obj=model,
        id="archiving.E001",
    )


# --- policies that do not answer everything, or cannot be carried out ---
def _errors_of(policy):
    yield from _path_errors(policy)
    if isinstance(policy.archive, With) and not issubclass(policy.model, Archivable):
        yield _error(policy, "E004", "is archived with its relation but is not Archivable", "class … (Archivable)")
    if not isinstance(policy.archive, With) and issubclass(policy.model, Archivable):
        yield _error(policy, "E004", "is Archivable but is not archived with its relation", "archive=With()")
    for rule in _plain_rules(policy):
        if isinstance(rule, Anonymise):
            yield from _field_errors(policy, rule)
        yield from _file_errors(policy, rule)


def _plain_rules(policy):
    for rule in policy.erase:
        match rule:
            case ByChoice(delete=delete, keep=keep):
                yield from (delete, keep)
            case Orphans(rule=inner):
                yield inner
            case _:
                yield rule


def _is_indexed(model, name):
    """By itself, or as the first column of an index on all rows."""
    leading = [index.fields[:1] for index in model._meta.indexes if index.condition is None]
    return model._meta.get_field(name).db_index or [name] in leading


def _path_errors(policy):
    for path in policy.paths:
        first = path.split("__")[0]
        if first == "pk" or policy.orphans:
            continue
        if not _has_field(policy.model, first):
            yield _error(policy, "E003", f"has no field {first} (path {path})", f'path="{_first_key(policy.model)}"')
        elif not _is_indexed(policy.model, first):
            yield _error(policy, "E007", f"is reached over {first}, which has no index", "db_index=True")
    missing = _keys_to_root(policy) - {path.split("__")[0] for path in policy.paths} - _referenced(policy)
    for name in sorted(missing):
        yield _error(policy, "E005", f"names a relation in {name} too", f'references=(Reference("{name}"),)')


def _keys_to_root(policy):
    fields = policy.model._meta.concrete_fields
    return {f.name for f in fields if f.is_relation and f.related_model is policies.root()}


def _referenced(policy):
    return {reference.field for reference in policy.references}


def _field_errors(policy, rule):
    """Every field of a row that stays has an answer, and the answer can be carried out."""
    answered = {*rule.keep, *rule.scrub, *rule.values, *rule.files}
    for field in policy.model._meta.concrete_fields:
        if not field.primary_key and field.name not in answered:
            line = f'keep={{"{field.name}": {_likely_reason(field)}}} or scrub=("{field.name}",)'
            yield _error(policy, "E002", f"has no answer for the field {field.name}", line)
    for name in answered:
        if not _has_field(policy.model, name):
            yield _error(policy, "E004", f"has an answer for {name}, which is no field", f'"{name}" away')
    for name, reason in rule.keep.items():
        if reason not in Keep:
            yield _error(policy, "E004", f"keeps {name} for no reason of the list", f'"{name}": KEY')
        elif _has_field(policy.model, name):
            yield from _keep_errors(policy, policy.model._meta.get_field(name), reason)
    for name, value in rule.values.items():
        if _has_field(policy.model, name):
            yield from _value_errors(policy, policy.model._meta.get_field(name), value)
    for name in rule.scrub:
        yield from _scrub_errors(policy, name)


def _keep_errors(policy, field, reason):
    is_text = isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices
    if is_text and reason in (Keep.AMOUNT, Keep.DATE, Keep.STATUS, Keep.STAFF):
        yield _error(policy, "E004", f"keeps the text of {field.name} as {reason}", f'scrub=("{field.name}",)')
    target = policies.policy_of(field.related_model) if field.is_relation else None
    if target and all(isinstance(rule, Delete) for rule in target.erase):
        yield _error(policy, "E004", f"keeps {field.name}, whose rows are deleted", f'scrub=("{field.name}",)')


def _value_errors(policy, field, value):
    length = RANDOM_LENGTH if value == "random" else len(value)
    if field.max_length and field.max_length < length:
        yield _error(policy, "E004", f"cannot hold {value} in {field.name}", f"{field.name}: max_length={length}")
    if field.unique and value != "random":
        yield _error(policy, "E004", f"would get the same {field.name} on every row", f'"{field.name}": "random"')


def _scrub_errors(policy, name):
    if not _has_field(policy.model, name):
        return
    field = policy.model._meta.get_field(name)
    try:
        value = blank(field)
    except ValueError:
        yield _error(policy, "E004", f"cannot empty {name}: it may not be NULL", f'keep={{"{name}": …}}')
        return
    if value == ERASED_TEXT and field.max_length and field.max_length < len(ERASED_TEXT):
        yield _error(policy, "E004", f"cannot hold '{ERASED_TEXT}' in {name}", f'values={{"{name}": "…"}}')
    if value is not None and field.unique:
        yield _error(policy, "E004", f"would get the same {name} on every row", f'values={{"{name}": "random"}}')


def _likely_reason(field):
    kinds = {
        models.DecimalField: "AMOUNT",
        models.DateField: "DATE",
        models.BooleanField: "STATUS",
        models.ForeignKey: "KEY",
    }
    return next((reason for kind, reason in kinds.items() if isinstance(field, kind)), "STATUS")


def _file_errors(policy, rule):
    named = {*getattr(rule, "files", ()), *getattr(rule, "optional_files", ()), *getattr(rule, "keep", ())}
    if not isinstance(rule, Delete | Anonymise):
        return
    for field in policy.model._meta.concrete_fields:
        if isinstance(field, models.FileField) and field.name not in named:
            yield _error(policy, "E008", f"says nothing about the file in {field.name}", f'files=("{field.name}",)')


def _has_field(model, name):
    return any(name == field.name for field in model._meta.get_fields())


def _first_key(model):
    return next((f.name for f in model._meta.concrete_fields if f.is_relation), "…")


def _error(policy, code, problem, line):
    return checks.Error(
        f"{policy.label} {problem}.",
        hint=f"Write in {policy.model._meta.app_config.name}/lifecycle.py, at {policy.model.__name__}: {line}",
        obj=policy.model,
        id=f"archiving.{code}",
    )
