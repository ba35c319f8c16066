from plans.capacity.models import Capacity
from plans.plan.completeness import Tally, register

register(Tally("capacities", Capacity.objects.all()))
