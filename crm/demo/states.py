def show(*, today):
    pass
