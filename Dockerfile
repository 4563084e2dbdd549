# One image for the API, the UI and the workers; the command chooses. No engine was at hand where
# this was written: tests/test_containers.py checks what can be checked without one.
FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /opt/interviewer
COPY requirements/serve.txt requirements/serve.txt
RUN /opt/interviewer/bin/pip install --require-hashes -r requirements/serve.txt
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY interviewer interviewer
COPY rubrics rubrics
COPY prompts prompts
COPY ui ui
RUN /opt/interviewer/bin/pip install --no-deps .

FROM python:3.11-slim-bookworm
RUN useradd --create-home --uid 10001 interviewer \
    && install -d -o interviewer -g interviewer /data
COPY --from=build /opt/interviewer /opt/interviewer
ENV PATH=/opt/interviewer/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    INTERVIEWER_DATA_DIR=/data \
    INTERVIEWER_LOG=json
USER interviewer
WORKDIR /home/interviewer
VOLUME /data
EXPOSE 8000 8501
STOPSIGNAL SIGTERM
ENTRYPOINT ["interviewer"]
CMD ["serve", "--host", "0.0.0.0"]
