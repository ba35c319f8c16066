import pytest

from scripts.assets import UnknownIcon, draw_sprite, icon_names, without_source_map

OUTLINE = (
    '<svg\n  width="24"\n>\n  <path stroke="none" d="M0 0h24v24H0z" fill="none" />\n  <path d="M4 7l16 0" />\n</svg>'
)
FILLED = '<svg width="24"><path d="M8 1l2 3z" /></svg>'


@pytest.fixture
def icons(tmp_path):
    for folder, name, drawing in (("outline", "trash", OUTLINE), ("filled", "star", FILLED)):
        path = tmp_path / "icons" / folder / f"{name}.svg"
        path.parent.mkdir(parents=True)
        path.write_text(drawing)
    return tmp_path / "icons"


@pytest.fixture
def project(tmp_path):
    (tmp_path / "templates").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ('{% icon "alert-triangle" "css" %}', ["alert-triangle"]),
        ("{% include 'row.html' with icon='plus' %}", ["plus"]),
        ('Step("situation", icon="target")', ["target"]),
        ('icon: str = "user"', ["user"]),
        ('return icon("file-2")', ["file-2"]),
        ('<link rel="icon" href="x">', []),
        ('<a data-icon="plus">', []),
        ("{% icon step.icon %}", []),
    ],
)
def test_icon_names_are_found_in_templates_and_code(source, names):
    found = icon_names(source)

    assert found == names


def test_sprite_holds_each_used_icon_once_without_its_invisible_frame(project, icons):
    (project / "templates" / "a.html").write_text('{% icon "trash" %}{% icon "star-filled" %}')
    (project / "templates" / "b.html").write_text('{% icon "trash" %}')

    sprite = draw_sprite(project, icons)

    assert sprite.splitlines() == [
        '<svg xmlns="http://www.w3.org/2000/svg">',
        '<symbol id="star-filled" viewBox="0 0 24 24" fill="currentColor"><path d="M8 1l2 3z" /></symbol>',
        '<symbol id="trash" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"'
        ' stroke-linecap="round" stroke-linejoin="round"><path d="M4 7l16 0" /></symbol>',
        "</svg>",
    ]


def test_unknown_icon_is_refused_with_the_file_that_names_it(project, icons):
    (project / "templates" / "a.html").write_text('{% icon "tresh" %}')

    with pytest.raises(UnknownIcon, match=r'templates/a\.html: Tabler has no icon "tresh"'):
        draw_sprite(project, icons)


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (b"a{}\n/*# sourceMappingURL=a.css.map */", b"a{}"),
        (b"f()\n//# sourceMappingURL=a.js.map\n", b"f()"),
        (b's="//# sourceMappingURL=x";f()', b's="//# sourceMappingURL=x";f()'),
    ],
)
def test_only_the_closing_source_map_line_is_dropped(content, kept):
    assert without_source_map(content) == kept
