from django.apps import AppConfig


class SalesplanConfig(AppConfig):
    """The project itself is an app for its templates tags, commands, translations and chores."""

    name = "salesplan"

    def ready(self):
        # Both know models, which are there only now.
        from salesplan.lib.chores import register_chore
        from salesplan.tasks import clear_sessions, prune_task_results

        register_chore(clear_sessions)
        register_chore(prune_task_results)
