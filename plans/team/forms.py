from plans.items.forms import ItemForm
from plans.team.models import Communication, Role, Team


class TeamForm(ItemForm):
    class Meta:
        model = Team
        fields = ["name", "purpose"]


class RoleForm(ItemForm):
    class Meta:
        model = Role
        fields = ["title", "holder", "holder_name", "reports_to", "responsibilities"]


class CommunicationForm(ItemForm):
    class Meta:
        model = Communication
        fields = ["name", "purpose", "rhythm", "channel", "organiser", "participants", "agenda"]
