from kpis.locks.keeping import keep_locked
from kpis.skips.models import Skip

keep_locked(Skip)
