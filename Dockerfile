# docker build -t yinju . && docker run --rm -p 7860:7860 -v "$PWD/data/articles:/app/data/articles:ro" yinju
FROM python:3.12-slim

WORKDIR /app
RUN useradd --create-home --uid 10001 yinju && mkdir -p /app/data/index && chown -R yinju:yinju /app

# The CPU build of PyTorch first: the plain wheel brings gigabytes of CUDA.
COPY requirements.txt .
RUN grep '^torch==' requirements.txt > torch.txt \
    && pip install --no-cache-dir --no-deps --index-url https://download.pytorch.org/whl/cpu --requirement torch.txt \
    && pip install --no-cache-dir --requirement requirements.txt

COPY --chown=yinju:yinju pyproject.toml app.py ./
COPY --chown=yinju:yinju ingest ingest
COPY --chown=yinju:yinju index index
COPY --chown=yinju:yinju answer answer
COPY --chown=yinju:yinju eval eval
COPY --chown=yinju:yinju web web
COPY --chown=yinju:yinju data/articles data/articles

USER 10001
# Unpacks the models and builds the index, so that the container starts in seconds and needs no network.
RUN HF_HUB_OFFLINE=1 python -m answer "?文章" > /dev/null

ENV YINJU_HOST=0.0.0.0
EXPOSE 7860
HEALTHCHECK --start-period=60s CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:7860/readyz')"]
STOPSIGNAL SIGTERM
CMD ["python", "app.py"]
