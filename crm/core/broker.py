"""Celery's queues in our own database: kombu's transport, with one thing mended."""

from kombu.transport import pgmq


class Channel(pgmq.Channel):
    def basic_ack(self, delivery_tag, multiple=False):
        """A message that could not be acknowledged gives up its place all the same; it comes back after its time-out.

        The database was restarted, say. kombu's pool connects again unnoticed, but keeps the message among those that
        this worker has in hand: it would never take another in its place ("Couldn't ack" in the log, then silence).
        """
        try:
            super().basic_ack(delivery_tag, multiple)
        except pgmq.Transport.connection_errors:
            self.qos.ack(delivery_tag)
            raise


class Transport(pgmq.Transport):
    Channel = Channel
