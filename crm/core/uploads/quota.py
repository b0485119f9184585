"""How much may be sent at once, by anybody: refused before any of it is read (413)."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class Quota(FileUploadHandler):
    """Twice what a file may be: up to there the form itself says that it is too large, with what was typed."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        if content_length > 2 * settings.OFFICE_FILE_MOST:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None
