from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_cache"),
    ]

    operations = [
        migrations.AddField(
            model_name="employee",
            name="language",
            field=models.CharField(
                choices=[("nl", "Nederlands"), ("en", "English"), ("sv", "Svenska")],
                default="nl",
                max_length=5,
                verbose_name="language",
            ),
        ),
    ]
