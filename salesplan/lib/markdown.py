"""Long text as people type it, made safe to show."""

from functools import cache, lru_cache

from django.utils.safestring import SafeString, mark_safe

TAGS = {
    *("p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote"),
    *("h3", "h4", "h5", "ul", "ol", "li", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}


@cache
def _parser():
    # Imported here: half of the pages show no long text.
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"breaks": True, "html": False}).enable(["table", "strikethrough"])
    parser.add_render_rule("heading_open", _lowered_heading)
    parser.add_render_rule("heading_close", _lowered_heading)
    return parser


def _lowered_heading(renderer, tokens, index, options, env):
    """Start at h3, so that a text never outranks the headings of its page."""
    tokens[index].tag = f"h{min(int(tokens[index].tag[1]) + 2, 5)}"
    return renderer.renderToken(tokens, index, options, env)


@lru_cache(maxsize=1024)
def render_markdown(text: str) -> SafeString:
    """Turn Markdown into HTML without scripts, styles or images from elsewhere."""
    import nh3  # here for the same reason as the parser

    html = nh3.clean(
        _parser().render(text),
        tags=TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        link_rel="noopener nofollow",
        url_schemes={"http", "https", "mailto", "tel"},
    )
    return mark_safe(html)  # noqa: S308 (nh3 has just cleaned it)
