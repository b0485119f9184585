"""What a browser sends of a form that is on the screen."""


def sent_by(form, **changed):
    """Every field as it is shown, but for what was `changed`."""
    sent = {}
    for bound in form:
        widget, value = bound.field.widget, bound.value()
        if bound.widget_type == "checkbox":
            sent[bound.html_name] = "on" if value else None
        elif bound.widget_type != "clearablefile":
            sent[bound.html_name] = widget.format_value(bound.field.prepare_value(value))
    return {name: value for name, value in sent.items() if value not in (None, "", [], [""])} | changed
