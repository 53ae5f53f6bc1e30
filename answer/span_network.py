"""The reader's network: the encoder's transformer with a start and an end score for every token.

Imported where a network is trained or converted, never to answer a question: PyTorch takes seconds to import.
"""

from collections.abc import Mapping
from pathlib import Path

import torch
import transformers
from transformers import BertModel

# Of the bundled model's twelve layers. The lowest ones and the word embeddings stay the encoder's own: what ships is
# then a quarter of the model, and a training step saves their backward pass.
TRAINED_LAYERS = 8


class SpanNetwork(torch.nn.Module):
    """Scores of a span's first and last token; token 0 stands for "no answer here" (Devlin et al., 2019, SQuAD 2.0)."""

    def __init__(self, backbone: BertModel) -> None:
        super().__init__()
        self.backbone = backbone
        self.spans = torch.nn.Linear(backbone.config.hidden_size, 2)
        torch.nn.init.normal_(self.spans.weight, std=backbone.config.initializer_range)
        torch.nn.init.zeros_(self.spans.bias)

    @classmethod
    def from_backbone(cls, folder: Path, dropout: float = 0.0) -> "SpanNetwork":
        """The network on the encoder in `folder`, its head still untrained; `dropout` acts in training alone."""
        transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        transformers.utils.logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        backbone = BertModel.from_pretrained(
            folder,
            add_pooling_layer=False,
            local_files_only=True,
            # On a CPU the fused attention is slower in training than the plain one.
            attn_implementation="eager",
            hidden_dropout_prob=dropout,
            attention_probs_dropout_prob=0.0,
            dtype=torch.float32,
        )
        return cls(backbone)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Shape (texts, tokens, 2): start and end scores, not normalised; both inputs have shape (texts, tokens)."""
        hidden = self.backbone(input_ids, attention_mask=attention_mask).last_hidden_state
        scores: torch.Tensor = self.spans(hidden)
        return scores

    def trained_tensors(self) -> dict[str, torch.Tensor]:
        """What training changes, by name: the upper layers and the head."""
        names = self._trained_names()
        return {name: tensor for name, tensor in self.state_dict().items() if name.startswith(names)}

    def load_trained(self, tensors: Mapping[str, torch.Tensor]) -> None:
        """Put `tensors`, as `trained_tensors` names them, in place; raises ValueError if it is not just those."""
        wanted = {name: tensor.shape for name, tensor in self.trained_tensors().items()}
        if {name: tensor.shape for name, tensor in tensors.items()} != wanted:
            raise ValueError("these are the weights of another network")
        self.load_state_dict(dict(tensors), strict=False)

    def freeze_rest(self) -> None:
        """Leave gradients to the upper layers and the head alone."""
        names = self._trained_names()
        for name, parameter in self.named_parameters():
            parameter.requires_grad_(name.startswith(names))

    def train(self, mode: bool = True) -> "SpanNetwork":
        """As of any module, but the frozen layers never drop anything."""
        super().train(mode)
        for module in self.backbone.modules():
            own = list(module.parameters(recurse=False))
            if own and not any(parameter.requires_grad for parameter in own):
                module.train(False)
        return self

    def _trained_names(self) -> tuple[str, ...]:
        layers = self.backbone.config.num_hidden_layers
        upper = range(max(0, layers - TRAINED_LAYERS), layers)
        return ("spans.", *(f"backbone.encoder.layer.{layer}." for layer in upper))
