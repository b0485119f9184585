"""A worker's application with one task to count, for the contract of the brokers: run by test_broker.py."""

import os
import sys
import time
import uuid
from pathlib import Path

from crm.celery import app

app.set_default()
app.conf.broker_transport_options |= {"visibility_timeout": 3}  # a killed worker's tasks come back within the test
app.conf.beat_schedule = {}


@app.task(name="tests.leave_a_trace")
def leave_a_trace(*, number):
    time.sleep(0.02)
    (Path(os.environ["TRACES"]) / f"{number}-{uuid.uuid4()}").touch()


def publish(count):
    for number in range(count):
        leave_a_trace.delay(number=number)


def hurry():
    """Give back at once what a killed worker had taken: Redis does so only about every 100 seconds."""
    with app.connection_for_read() as connection:
        qos = getattr(connection.default_channel, "qos", None)
        if hasattr(qos, "restore_visible"):
            qos.restore_visible(interval=1)


if __name__ == "__main__":
    publish(int(sys.argv[2])) if sys.argv[1] == "publish" else hurry()
