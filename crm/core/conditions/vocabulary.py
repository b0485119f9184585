"""What a list can be asked. Each app registers its own fields: what it owns is known to nobody else."""


class Vocabulary:
    def __init__(self):
        self._fields = {}
        self._sections = ()

    def register(self, *fields):
        self._fields.update({field.key: field for field in fields})

    def __iter__(self):
        return iter(self._fields.values())

    def field(self, key):
        return self._fields.get(key)

    def arrange(self, *sections):
        """The order in which people find the fields."""
        self._sections = sections

    def sections(self):
        """[(section, [fields by label])]"""
        found = {str(section): [] for section in self._sections}
        for field in self:
            found.setdefault(str(field.section), []).append(field)
        return [(section, sorted(fields, key=lambda f: str(f.label))) for section, fields in found.items() if fields]
