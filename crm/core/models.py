"""Shared building blocks for models; knows no app."""

import uuid
from pathlib import PurePath

from django.utils.deconstruct import deconstructible


@deconstructible
class SafeUploadTo:
    """Stores an upload under a random name with its own suffix: nobody's name ends up on disk or in a URL."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, instance, filename):
        suffix = PurePath(filename).suffix.lower()[:10]
        return f"{self.folder}/{uuid.uuid4().hex}{suffix}"

    def __eq__(self, other):
        return isinstance(other, SafeUploadTo) and self.folder == other.folder
