"""Templates as they are sent: without their indentation."""

import re

from django.template.loaders import app_directories, filesystem

INDENTATION = re.compile(r"\n[ \t]+")


class Unindented:
    """Reads pages without the spaces their lines begin with: up to a sixth of a list of fifty rows.

    Lines stay lines, so errors name the right one, and words stay apart. Text in several lines that is
    translated as it stands must not be indented, for its translation would not be found.
    """

    def get_contents(self, origin) -> str:
        contents: str = super().get_contents(origin)  # type: ignore[misc]
        return INDENTATION.sub("\n", contents) if origin.name.endswith(".html") else contents


class FilesystemLoader(Unindented, filesystem.Loader):
    pass


class AppDirectoriesLoader(Unindented, app_directories.Loader):
    pass
