"""django.db.backends.postgresql that starts the private server on the first connection; what needs none starts none."""

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params):
        self.settings_dict["SERVER"].ensure()
        return super().get_new_connection(conn_params)
