class Doing:
    def __init__(self, app): self.app = app
    def title(self, name):
        return next((c.title for c in self.app.desk.channels() if c.name == name), name)
    def do(self, name):
        if name in ("timer","day","week"): self.app.turn_to(name)
