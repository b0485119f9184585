"""Files of customers: what may be sent in, under which name it is kept, and how any file is given out."""

import re
from pathlib import PurePath
from unicodedata import normalize

from django import forms
from django.conf import settings
from django.http import FileResponse, Http404
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.spelling import visible

LONGEST_NAME = 120
ZIP = b"PK\x03\x04"
# suffix → how such a file begins; nothing a browser would run
KINDS = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".docx": (ZIP,),
    ".xlsx": (ZIP,),
    ".odt": (ZIP,),
    ".ods": (ZIP,),
    ".csv": (b"",),
    ".txt": (b"",),
}


class AttachmentField(forms.FileField):
    """An upload of a known kind that is what its name says, of a reasonable size."""

    def __init__(self, **options):
        options.setdefault("label", gettext_lazy("Attachment"))
        options.setdefault("help_text", gettext_lazy("PDF, picture, Word, Excel, OpenDocument, CSV or text."))
        options.setdefault("widget", forms.FileInput(attrs={"accept": ",".join(KINDS)}))
        super().__init__(**options)

    def to_python(self, data):
        file = super().to_python(data)
        if file is not None:
            _check(file)
            file.name = safe_name(file.name)
        return file


def _check(file):
    suffix = PurePath(file.name).suffix.lower()
    if suffix not in KINDS:
        raise forms.ValidationError(_("This kind of file cannot be sent. Send a PDF, for instance."))
    if file.size > settings.CUSTOMER_FILE_MOST:
        most = filesizeformat(settings.CUSTOMER_FILE_MOST)
        raise forms.ValidationError(_("This file is too large: at most %(most)s.") % {"most": most})
    file.seek(0)
    start = file.read(16)
    file.seek(0)
    if not start.startswith(KINDS[suffix]) or (KINDS[suffix] == (b"",) and b"\x00" in start):
        raise forms.ValidationError(_("This file is not what its name says. Save it once more and try again."))


def safe_name(name):
    """A name to show and to save under: no path, nothing invisible, nothing that a file system or header minds."""
    name = visible(normalize("NFC", PurePath(name.replace("\\", "/")).name))
    name = re.sub(r'[<>:"/\\|?*;%]+', "-", name).strip(". ")
    stem, suffix = PurePath(name).stem, PurePath(name).suffix.lower()
    return f"{stem[: LONGEST_NAME - len(suffix)] or 'bestand'}{suffix}"


def given_out(file, name):
    """The file to save, never to show: whatever is in it runs nowhere."""
    try:
        answer = FileResponse(file.open("rb"), as_attachment=True, filename=safe_name(name))
    except FileNotFoundError:
        raise Http404 from None
    return guarded(answer)


def guarded(answer):
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
