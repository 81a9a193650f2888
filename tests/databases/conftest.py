import importlib, sys, sqlite3, functools, pytest, yaml
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
@functools.cache
def conn(name, variant):
    folder = f"/work/main/lessons/databases/{name}"
    sys.modules.pop("models", None); sys.modules.pop("seed", None)
    sys.path.insert(0, folder)
    import models, seed
    sys.path.pop(0)
    spec = yaml.safe_load(open(folder + "/database.yaml"))
    opts = {k: v for k, v in spec["variants"][variant].items() if k != "visible"}
    e = create_engine("sqlite://")
    models.Base.metadata.create_all(e)
    with Session(e) as s:
        seed.seed(s, **opts); s.commit()
        data = s.connection().connection.driver_connection.serialize()
    c = sqlite3.connect(":memory:"); c.deserialize(data); return c
@pytest.fixture
def connect(): return conn
