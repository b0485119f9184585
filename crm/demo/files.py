"""Small real files for the dossier and the invoices of a few relations."""

from django.core.files.base import ContentFile

OBJECTS = (
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
)


def pdf(name, *lines):
    """A one-page PDF with `lines` (plain Latin text), under the file name `name`."""
    text = " T* ".join(f"({line}) Tj" for line in lines)
    content = f"BT /F1 14 Tf 20 TL 72 760 Td {text} ET"
    objects = [*OBJECTS, f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"]
    body, offsets = "%PDF-1.4\n", []
    for number, data in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{data}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}"
    return ContentFile((body + tail).encode("latin-1", "replace"), name=name)
