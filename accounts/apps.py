from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self):
        import_module("accounts.api.history")
        from accounts.api.tasks import forget_answers
        from salesplan.lib.chores import register_chore

        register_chore(forget_answers)
