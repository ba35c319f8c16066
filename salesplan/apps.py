from django.apps import AppConfig


class SalesplanConfig(AppConfig):
    """The project itself is an app for its templates tags, commands and translations."""

    name = "salesplan"
