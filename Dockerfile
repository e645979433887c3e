# One image for every process: web, worker, clock, migrate and the operators' commands.

FROM python:3.11-slim-bookworm AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
WORKDIR /app
RUN pip install --no-cache-dir uv==0.13.9
COPY pyproject.toml uv.lock ./
# `embedded` brings pg_dump, pg_restore and psql of the right version; `node` is for this stage only
RUN uv sync --frozen --no-default-groups --group embedded --group node
COPY package.json package-lock.json ./
COPY alignment/__init__.py alignment/celery.py alignment/
COPY alignment/stack alignment/stack
COPY static static
RUN .venv/bin/python -m alignment.stack assets \
    && uv sync --frozen --no-default-groups --group embedded \
    && rm -rf node_modules
COPY . .
ENV STATICFILES_STORAGE=whitenoise.storage.CompressedManifestStaticFilesStorage STATIC_ROOT=/app/static-root
RUN SECRET_KEY=only-while-building DATA_DIR=/tmp/data .venv/bin/python manage.py collectstatic --no-input --verbosity 0 \
    && .venv/bin/python -m compileall -q alignment planning

FROM python:3.11-slim-bookworm
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATA_DIR=/data \
    STATIC_ROOT=/app/static-root \
    STATICFILES_STORAGE=whitenoise.storage.CompressedManifestStaticFilesStorage
RUN useradd --uid 10001 --no-create-home --home-dir /tmp alignment \
    && install -d -o 10001 -g 10001 /data /data/files /data/clock
WORKDIR /app
COPY --from=build /app /app
USER 10001:10001
EXPOSE 8000
CMD ["python", "-m", "alignment.stack", "web"]
