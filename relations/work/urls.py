from django.urls import path

from relations.models import TaskKind
from relations.work.views import contents, handover, page, tasks

urlpatterns = [
    path("taken/", tasks.task_list, name="task_list"),
    path("taken/nieuw/", tasks.task_new, name="task_new"),
    path("taken/nieuwe-supporttaak/", tasks.task_new, {"kind": TaskKind.SUPPORT}, name="support_task_new"),
    path("taken/selectie/", handover.task_selection, name="task_selection"),
    path("taken/overdracht/", handover.task_handover, name="task_handover"),
    path("taken/<int:pk>/", tasks.task, name="task"),
    path("taken/<int:pk>/bewerken/", tasks.task_edit, name="task_edit"),
    path("taken/<int:pk>/gereed/", tasks.task_finishing, name="task_finishing"),
    path("taken/<int:pk>/heropening/", tasks.task_reopening, name="task_reopening"),
    path("taken/<int:pk>/koppelingen/", page.task_links, name="task_links"),
    path("taakkoppelingen/<int:pk>/verwijdering/", page.task_link_removal, name="task_link_removal"),
    path("taken/<int:pk>/checklist/", contents.task_items, name="task_items"),
    path("taken/<int:pk>/checklist/<int:key>/", contents.task_item, name="task_item"),
    path("taken/<int:pk>/checklist/<int:key>/verwijdering/", contents.task_item_removal, name="task_item_removal"),
    path("taken/<int:pk>/documenten/", contents.task_documents, name="task_documents"),
    path("taken/<int:pk>/verwijzingen/", contents.task_references, name="task_references"),
    path(
        "taken/<int:pk>/verwijzingen/<int:key>/verwijdering/",
        contents.task_reference_removal,
        name="task_reference_removal",
    ),
]
