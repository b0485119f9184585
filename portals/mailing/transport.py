"""The mail server, reached so that it is known afterwards whether a mail can have been accepted."""

import smtplib

from django.core.mail.backends.smtp import EmailBackend


class _Watched:
    """`handed_over`: the text of the last mail has been offered to the server."""

    handed_over = False

    def mail(self, *args, **options):
        self.handed_over = False
        return super().mail(*args, **options)

    def data(self, text):
        self.handed_over = True
        return super().data(text)


class _Smtp(_Watched, smtplib.SMTP):
    pass


class _SmtpOverTls(_Watched, smtplib.SMTP_SSL):
    pass


class SmtpMailer(EmailBackend):
    @property
    def connection_class(self):
        return _SmtpOverTls if self.use_ssl else _Smtp

    @property
    def can_have_gone(self):
        """Whether the mail that just failed may have been accepted all the same."""
        return self.connection is not None and self.connection.handed_over
