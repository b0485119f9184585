"""What employees choose for themselves."""


def choose_language(employee, *, language):
    """Pages, jobs and files of `employee` are in `language` from now on."""
    employee.language = language
    employee.save(update_fields=["language"])
