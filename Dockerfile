# One image for web, worker and beat; docker-compose.yml says which runs what.
FROM python:3.13-slim AS packages
COPY requirements/base.txt /tmp/base.txt
RUN python -m venv /packages \
 && /packages/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/base.txt

FROM python:3.13-slim
ENV PATH=/packages/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    STATIC_COLLECTED=1 \
    VAR_DIR=/var/lib/archivaris \
    MEDIA_ROOT=/var/lib/archivaris/media
RUN useradd --system --create-home archivaris \
 && install --directory --owner=archivaris /var/lib/archivaris /var/lib/archivaris/media
COPY --from=packages /packages /packages
WORKDIR /srv/archivaris
COPY . .
# Needs no database and no secret: neither is used while collecting.
RUN python bin/compile_translations \
 && SECRET_KEY=while-building python manage.py collectstatic --noinput --verbosity 0 \
 && python -m compileall -q archiving billing crm portals relations
USER archivaris
EXPOSE 8000
CMD ["gunicorn", "crm.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", "--no-control-socket", "--access-logfile", "-", "--access-logformat", "%(t)s %(m)s %(U)s %(s)s %(M)sms"]
