from kpis.locks.keeping import keep_locked
from kpis.readings.models import Reading

keep_locked(Reading)
