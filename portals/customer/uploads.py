"""How much a customer may send at once: refused before any of it is read."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from portals.customer.sessions import PATH

WORDS = 100_000  # bytes of a form beside its file


class Quota(FileUploadHandler):
    """Of the portal's pages only; what the office sends has its own limits."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        if self.request.path.startswith(PATH) and content_length > settings.CUSTOMER_FILE_MOST + WORDS:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None
