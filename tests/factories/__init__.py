from tests.factories.accounts import *  # noqa: F403
from tests.factories.billing import *  # noqa: F403
from tests.factories.jobs import *  # noqa: F403
from tests.factories.portals import *  # noqa: F403
from tests.factories.relations import *  # noqa: F403
