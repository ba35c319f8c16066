"""Finding the view of an address among hundreds: by its first word at once, and only then one by one."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.urls import URLPattern, URLResolver, include
from django.urls.exceptions import Resolver404
from django.urls.resolvers import RoutePattern


class FirstWordResolver(URLResolver):
    """The addresses of an app, sorted by their first word ("plans/", "kpis/"); Django would try each in turn."""

    def resolve(self, path: str) -> Any:
        word = path.partition("/")[0]
        among = self._by_word.get(word, self._anywhere)
        if among is None:
            raise Resolver404({"tried": [], "path": path})
        return among.resolve(path)

    @cached_property
    def _by_word(self) -> dict[str, URLResolver]:
        words = {word for pattern in self.url_patterns if (word := _first_word(pattern)) is not None}
        return {
            word: self._of(pattern for pattern in self.url_patterns if _first_word(pattern) in {word, None})
            for word in words
        }

    @cached_property
    def _anywhere(self) -> URLResolver | None:
        patterns = [pattern for pattern in self.url_patterns if _first_word(pattern) is None]
        return self._of(patterns) if patterns else None

    def _of(self, patterns: Iterable[URLPattern | URLResolver]) -> URLResolver:
        return URLResolver(self.pattern, list(patterns), self.default_kwargs, self.app_name, self.namespace)


def addresses_of(urls: str) -> FirstWordResolver:
    """As path("", include(urls))."""
    return FirstWordResolver(RoutePattern("", is_endpoint=False), *_included(urls))


def _included(urls: str) -> tuple[Any, dict[str, Any], str | None, str | None]:
    module, app_name, namespace = include(urls)
    return module, {}, app_name, namespace


def _first_word(pattern: URLPattern | URLResolver) -> str | None:
    """None where it is not known before it is tried."""
    route = str(pattern.pattern)
    word, slash, _rest = route.partition("/")
    is_whole = bool(slash) or isinstance(pattern, URLPattern)
    return word if is_whole and isinstance(pattern.pattern, RoutePattern) and "<" not in word else None
