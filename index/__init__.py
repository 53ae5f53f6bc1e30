"""Passages that can be searched."""

from index.encoder import Encoder, SentenceEncoder
from index.opening import open_index
from index.passage import Passage
from index.passage_index import IndexSettings, PassageIndex

__all__ = ["Encoder", "IndexSettings", "Passage", "PassageIndex", "SentenceEncoder", "open_index"]
