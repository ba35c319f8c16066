from django.utils.translation import gettext_lazy as _

from plans.find.commands import register_adding
from plans.team.models import Team

register_adding(_("Add team"), "plans:team", Team)
