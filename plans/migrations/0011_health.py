from django.db import migrations, models

import plans.plan.models


def have_none_yet(apps, schema_editor):
    """What the plans there are know of their actions' health is computed when they are next looked at."""
    apps.get_model("plans", "Plan").objects.update(health_on=None)


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0010_workload'),
    ]

    operations = [
        migrations.AddField(
            model_name='action',
            name='health',
            field=models.CharField(blank=True, choices=[('on_track', 'On track'), ('at_risk', 'At risk'), ('off_track', 'Off track'), ('no_data', 'No data')], default='no_data', editable=False, max_length=9, verbose_name='health'),
        ),
        migrations.AddField(
            model_name='action',
            name='health_reasons',
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
        migrations.AddField(
            model_name='plan',
            name='health_on',
            field=models.DateField(default=plans.plan.models._today, editable=False, null=True),
        ),
        migrations.RunPython(have_none_yet, migrations.RunPython.noop, elidable=True),
    ]
