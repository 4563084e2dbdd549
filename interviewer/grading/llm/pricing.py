"""What tokens cost, in US dollars."""

from collections.abc import Mapping

from interviewer.domain.grading import Usage
from interviewer.domain.pricing import Price
from interviewer.grading.llm.chat_model import TokenCounts

_MILLION = 1_000_000


KNOWN: Mapping[str, Price] = {
    "gpt-5.5": Price(input=5.00, cached_input=0.50, output=30.00),
    "gpt-5.4": Price(input=2.50, cached_input=0.25, output=15.00),
    "gpt-5.4-mini": Price(input=0.75, cached_input=0.075, output=4.50),
    "gpt-5.4-nano": Price(input=0.20, cached_input=0.02, output=1.25),
    "gpt-5.2": Price(input=1.75, cached_input=0.175, output=14.00),
    "gpt-5.1": Price(input=1.25, cached_input=0.125, output=10.00),
    "gpt-4.1": Price(input=2.00, cached_input=0.50, output=8.00),
    "gpt-4.1-mini": Price(input=0.40, cached_input=0.10, output=1.60),
    "gpt-4o": Price(input=2.50, cached_input=1.25, output=10.00),
    "gpt-4o-mini": Price(input=0.15, cached_input=0.075, output=0.60),
}
"""List prices of OpenAI's standard tier as published in June 2026. They change: the setting PRICES
overrides them, and a model that is in neither has no price rather than a guessed one."""


class Prices:
    """Looks up prices: the user's own first, then the known ones."""

    def __init__(self, own: Mapping[str, Price] | None = None) -> None:
        self._own = dict(own or {})

    def of(self, model: str) -> Price | None:
        """Return the price of a model, also of a dated release of it; None when unknown."""
        if model in self._own:
            return self._own[model]
        return KNOWN.get(model) or KNOWN.get(_undated(model))

    def cost(self, model: str, tokens: TokenCounts) -> float | None:
        """Return what these tokens cost, None where no price is known."""
        price = self.of(model)
        if price is None:
            return None
        cached = price.input if price.cached_input is None else price.cached_input
        fresh = max(0, tokens.input - tokens.cached_input)
        dollars = fresh * price.input + tokens.cached_input * cached + tokens.output * price.output
        return dollars / _MILLION

    def usage(self, model: str, tokens: TokenCounts) -> Usage:
        """Return one call's usage; its cost is null without a price or without token counts."""
        return Usage(
            calls=1,
            input_tokens=tokens.input,
            cached_input_tokens=tokens.cached_input,
            output_tokens=tokens.output,
            cost_usd=self.cost(model, tokens) if tokens.input else None,
        )


def _undated(model: str) -> str:
    """Return `gpt-5.4-mini` of `gpt-5.4-mini-2026-03-17`."""
    name, *date = model.rsplit("-", 3)
    return name if len(date) == 3 and all(part.isdigit() for part in date) else model
