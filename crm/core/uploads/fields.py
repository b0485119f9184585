"""Files: what may be sent in, under which name it is kept, and how any file is given out."""

import re
import zipfile
from pathlib import PurePath
from unicodedata import normalize

from django import forms
from django.conf import settings
from django.http import FileResponse, Http404
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.core.spelling import visible

LONGEST_NAME = 120
LOOKED_AT = 4096  # bytes from the start
ZIP, OLE, TEXT = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b""
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
    ".csv": (TEXT,),
    ".txt": (TEXT,),
}
# what the office keeps besides: mail, older documents, reports for the authorities
OFFICE_KINDS = KINDS | {
    ".doc": (OLE,),
    ".xls": (OLE,),
    ".msg": (OLE,),
    ".eml": (TEXT,),
    ".xml": (TEXT,),
    ".xbrl": (TEXT,),
    ".tif": (b"II*\x00", b"MM\x00*"),
    ".tiff": (b"II*\x00", b"MM\x00*"),
}
# what a file that is zipped inside must hold to be what it says
INSIDE = {".docx": "word/", ".xlsx": "xl/", ".odt": "content.xml", ".ods": "content.xml"}


def _told(kinds, most):
    return f"{kinds} {_('At most %(most)s.') % {'most': filesizeformat(getattr(settings, most))}}"


told = lazy(_told, str)  # in the language of who reads it


class UploadField(forms.FileField):
    """An upload of one of `kinds` that is what its name says; `most` names the setting of its largest size."""

    def __init__(self, *, kinds, most, **options):
        options.setdefault("widget", forms.FileInput(attrs={"accept": ",".join(kinds)}))
        super().__init__(**options)
        self.kinds, self.most = kinds, most

    def to_python(self, data):
        file = super().to_python(data)
        if file is not None:
            self._check(file)
            file.name = safe_name(file.name)
        return file

    def _check(self, file):
        suffix = PurePath(file.name).suffix.lower()
        if suffix not in self.kinds:
            raise forms.ValidationError(_("This kind of file cannot be sent. Send a PDF, for instance."))
        most = getattr(settings, self.most)
        if file.size > most:
            raise forms.ValidationError(_("This file is too large: at most %(most)s.") % {"most": filesizeformat(most)})
        if not _is_what_it_says(file, suffix, self.kinds[suffix]):
            raise forms.ValidationError(_("This file is not what its name says. Save it once more and try again."))


class AttachmentField(UploadField):
    """What a customer sends."""

    def __init__(self, **options):
        options.setdefault("label", gettext_lazy("Attachment"))
        kinds, most = gettext_lazy("PDF, picture, Word, Excel, OpenDocument, CSV or text."), "CUSTOMER_FILE_MOST"
        options.setdefault("help_text", told(kinds, most))
        super().__init__(kinds=KINDS, most=most, **options)


class OfficeFileField(UploadField):
    """What an employee keeps with a relation."""

    def __init__(self, **options):
        options.setdefault("label", gettext_lazy("File"))
        kinds = gettext_lazy("PDF, picture, Word, Excel, OpenDocument, mail, XML, CSV or text.")
        options.setdefault("help_text", told(kinds, "OFFICE_FILE_MOST"))
        super().__init__(kinds=OFFICE_KINDS, most="OFFICE_FILE_MOST", **options)


class OfficeFilesField(OfficeFileField):
    """Several at once; gives a list."""

    MOST = 20  # files

    def __init__(self, **options):
        options.setdefault("label", gettext_lazy("Attachments"))
        options.setdefault("widget", FilesInput(attrs={"accept": ",".join(OFFICE_KINDS)}))
        super().__init__(**options)

    def clean(self, data, initial=None):
        files = data if isinstance(data, list) else [data] if data else []
        if len(files) > self.MOST:
            raise forms.ValidationError(_("At most %(most)d files at once.") % {"most": self.MOST})
        if not files:
            super().clean(None)  # asks for one when it is required
        return [super(OfficeFilesField, self).clean(file) for file in files]


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


def _is_what_it_says(file, suffix, starts):
    file.seek(0)
    start = file.read(LOOKED_AT)
    file.seek(0)
    if starts == (TEXT,):
        return b"\x00" not in start
    return start.startswith(starts) and (suffix not in INSIDE or _holds(file, INSIDE[suffix]))


def _holds(file, name):
    try:
        with zipfile.ZipFile(file) as archive:
            return any(inside.startswith(name) for inside in archive.namelist())
    except (zipfile.BadZipFile, ValueError, EOFError):
        return False
    finally:
        file.seek(0)


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
