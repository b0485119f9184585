"""The set that somebody was shown is a draft job now (crm/jobs); proposals that nobody confirmed are let go."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("archiving", "0003_fence_function")]

    operations = [migrations.DeleteModel("Proposal")]
