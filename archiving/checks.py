"""Nothing may be undecided (B8): `manage.py check` fails until every model and field that can hold relation data has
an answer, and says what to write where. The checks are themselves tested by taking the answers away one by one."""

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core import checks
from django.db import models

from archiving import policies
from archiving.models import Archivable
from archiving.policies import Anonymise, ByChoice, Delete, Keep, Orphans, With
from archiving.scrubbing import ERASED_TEXT, blank

SOFT_NAMES = {"object_id", "object_pk", "root_id", "relation_id", "content_object"}


@checks.register("archiving")
def lifecycle_answers(app_configs, **_):
    """All errors of all models; independent of `app_configs`, since an app answers for its relatives too."""
    found = []
    for model in _models():
        policy = policies.policy_of(model)
        if policy:
            found += _errors_of(policy)
        elif _needs_an_answer(model) or _stands_behind(model):
            found.append(_no_policy(model))
        elif _looks_like_a_soft_reference(model):
            found.append(_soft_reference(model))
    return found


def _models():
    """Our own and others' tables, without those of history: they follow the model they belong to."""
    histories = {policy.history for policy in policies.policies()}
    return [m for m in apps.get_models(include_auto_created=True) if m not in histories and m._meta.managed]


# --- models without a policy ---
def _needs_an_answer(model):
    """It has a foreign key path to the root, or to something that is erased with relations (a person, a task)."""
    subjects = {policies.root()} | {policy.model for policy in policies.policies()}
    return model._meta.label not in policies.exemptions() and any(
        field.related_model in subjects for field in model._meta.concrete_fields if field.is_relation
    )


def _stands_behind(model):
    """Rows that belong to relations point at it, as contacts at persons: it may hold what they do not."""
    pointed_at = {
        field.related_model
        for policy in policies.policies()
        for field in policy.model._meta.concrete_fields
        if field.is_relation
    }
    return model in pointed_at and model._meta.label not in policies.exemptions()


def _looks_like_a_soft_reference(model):
    if model._meta.label in policies.exemptions() or model._meta.app_label in FRAMEWORK:
        return False
    return any(
        field.name in SOFT_NAMES or isinstance(field, models.JSONField | ArrayField | models.UUIDField)
        for field in model._meta.concrete_fields
        if not field.primary_key and not field.is_relation
    ) or any(not field.concrete and hasattr(field, "fk_field") for field in model._meta.private_fields)


FRAMEWORK = {"auth", "contenttypes", "sessions"}


def _no_policy(model):
    app = model._meta.app_config.name
    path = next((f.name for f in model._meta.concrete_fields if f.is_relation), "…")
    return checks.Error(
        f"{model._meta.label} belongs to relations, but nothing says what archiving and erasing do to it.",
        hint=f'Write in {app}/lifecycle.py: register(models.{model.__name__}, path="{path}", erase=Delete()), '
        f'or exempt("{model._meta.label}", because="…")',
        obj=model,
        id="archiving.E001",
    )


def _soft_reference(model):
    return checks.Error(
        f"{model._meta.label} may hold keys or values of relations without a foreign key (JSON, array, generic key).",
        hint=f"Write in {model._meta.app_config.name}/lifecycle.py: "
        f'exempt("{model._meta.label}", because="…"), or register() it with a path.',
        obj=model,
        id="archiving.E006",
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


def _path_errors(policy):
    for path in policy.paths:
        first = path.split("__")[0]
        if first == "pk" or policy.orphans:
            continue
        if not _has_field(policy.model, first):
            yield _error(policy, "E003", f"has no field {first} (path {path})", f'path="{_first_key(policy.model)}"')
        elif not policy.model._meta.get_field(first).db_index:
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
    for name in rule.scrub:
        yield from _scrub_errors(policy, name)


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
