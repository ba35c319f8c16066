from kpis.alerts.models import Alert
from plans.plan.completeness import Tally, register

register(Tally("alerts", Alert.objects.awake()))
